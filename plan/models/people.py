from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from plan.enums import Capacity, Role
from plan.models.institutions import Institution, Organ, Subcommission
from plan.models.validity import Validity, ValidityQuerySet


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, full_name: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class UserQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def holding(self, role: Role, day: date):
        """Who can sign in and holds this role on the day."""
        duties = Appointment.objects.in_force(day).filter(role=role)
        return self.active().filter(appointments__in=duties).distinct()

    def matching(self, words: str):
        return self.filter(Q(full_name__icontains=words) | Q(email__icontains=words))


class User(AbstractBaseUser):
    """A person. Rights come from the appointments in force, never from the account."""

    email = models.EmailField("correo electrónico", unique=True)
    full_name = models.CharField("nombre", max_length=150)
    is_active = models.BooleanField("cuenta activa", default=True)
    is_demo = models.BooleanField("cuenta de demostración", default=False, editable=False)
    date_joined = models.DateTimeField("creada", default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ["full_name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message="Ya existe una cuenta con este correo.",
            )
        ]

    def __str__(self):
        return self.full_name

    @property
    def has_entered(self) -> bool:
        """Whether the person has chosen a password; who was only invited has not."""
        return self.has_usable_password()

    @cached_property
    def current_appointments(self) -> list["Appointment"]:
        """Appointments in force today; read once per request."""
        today = timezone.localdate()
        return list(
            self.appointments.in_force(today).select_related(
                "institution", "organ__plan", "organ__institution", "subcommission__axis"
            )
        )


class AppointmentQuerySet(ValidityQuerySet):
    def in_force(self, day: date):
        """Those that give rights on `day`: what still waits for its confirmation gives none."""
        return super().in_force(day).filter(awaits_confirmation=False)

    def for_institution(self, institution: Institution):
        return self.filter(institution=institution, role=Role.FOCAL_POINT)

    def standing(self):
        """All but what was discarded instead of confirmed."""
        return self.filter(discarded_at__isnull=True)

    def pending(self):
        return self.standing().filter(awaits_confirmation=True)

    def not_over(self, day: date):
        """In force on `day` or later on, whether they wait for a confirmation or not."""
        return self.standing().filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def overlapping(self, first: date | None, last: date | None):
        return super().overlapping(first, last).standing()

    def with_scope(self):
        return self.select_related("user", "institution", "organ", "subcommission__axis")


SCOPE_OF_ROLE = (
    Q(role=Role.FOCAL_POINT, institution__isnull=False, organ__isnull=True, subcommission__isnull=True)
    | Q(
        role__in=[Role.TECHNICAL, Role.EXECUTIVE],
        organ__isnull=False,
        institution__isnull=True,
        subcommission__isnull=True,
    )
    | Q(role=Role.COORDINATOR, subcommission__isnull=False, organ__isnull=True, institution__isnull=True)
    | Q(role__in=[Role.OBSERVER, Role.ADMINISTRATOR], organ__isnull=True, subcommission__isnull=True)
)


class Appointment(Validity):
    """A duty that a person holds for a time; the duty outlives the person."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="persona")
    role = models.CharField("perfil", max_length=14, choices=Role)
    capacity = models.CharField("calidad", max_length=10, choices=Capacity, default=Capacity.TITULAR)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="institución"
    )
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="órgano"
    )
    subcommission = models.ForeignKey(
        Subcommission, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="subcomisión"
    )
    position = models.CharField("cargo", max_length=150)
    document = models.CharField("oficio que nombra", max_length=150, blank=True)
    recorded_at = models.DateTimeField("registrado", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="registrado por")
    #: A secretaría is granted by two people (SECURITY, Access 6): until the second confirms, it gives no rights.
    awaits_confirmation = models.BooleanField("espera confirmación", default=False, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="confirmado por")
    discarded_at = models.DateTimeField("descartado", null=True, editable=False)

    objects = AppointmentQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of Validity

    class Meta(Validity.Meta):
        verbose_name = "nombramiento"
        verbose_name_plural = "nombramientos"
        ordering = ["user", "valid_from"]
        constraints = [
            *Validity.Meta.constraints,
            models.CheckConstraint(
                condition=SCOPE_OF_ROLE,
                name="appointment_scope_fits_role",
                violation_error_message="El nombramiento debe indicar la institución, la secretaría o la subcomisión "
                "que corresponde al perfil, y solo esa.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="appointment_confirmed_by_another",
                violation_error_message="Un nombramiento lo confirma otra persona.",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at__isnull=True) | Q(awaits_confirmation=True),
                name="appointment_discarded_gives_no_rights",
                violation_error_message="Solo se descarta un nombramiento que espera confirmación.",
            ),
        ]

    def __str__(self):
        role = self.get_role_display()
        return role if role == self.scope_name else f"{role}, {self.scope_name}"

    @property
    def scope_name(self) -> str:
        return str(self.institution or self.organ or self.subcommission or "Portal")

    @property
    def signature(self) -> str:
        """Cargo and scope, as what the person does in this capacity is signed."""
        names_scope = self.scope_name.casefold() in self.position.casefold()
        return self.position if names_scope else f"{self.position}, {self.scope_name}"[:250]

    @property
    def is_pending(self) -> bool:
        return self.awaits_confirmation and self.discarded_at is None

    def is_over(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither used nor withdrawn; they may have expired."""
        return self.filter(used_at__isnull=True, withdrawn_at__isnull=True)

    def open(self):
        """Whose link works at this moment."""
        return self.unanswered().filter(expires_at__gt=timezone.now(), user__is_active=True)


class Invitation(models.Model):
    """A link by which a person opens their account: it works once, until it expires or is withdrawn.

    Only the digest of its secret is kept: who reads the database cannot use it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations", verbose_name="persona")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="invita")
    invited_at = models.DateTimeField("invitada", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("vence")
    sent_at = models.DateTimeField("enviada", null=True, editable=False)
    used_at = models.DateTimeField("usada", null=True, editable=False)
    withdrawn_at = models.DateTimeField("retirada", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_unanswered",
                violation_error_message="La persona ya tiene una invitación sin usar.",
            )
        ]

    def __str__(self):
        return f"Invitación a {self.user}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
