"""How roles are called in addresses: a reader sees these words."""

from plan.enums import Role

SLUG_OF = {
    Role.FOCAL_POINT: "punto-focal",
    Role.TECHNICAL: "secretaria-tecnica",
    Role.EXECUTIVE: "secretaria-ejecutiva",
    Role.COORDINATOR: "coordinacion",
    Role.OBSERVER: "observacion",
    Role.ADMINISTRATOR: "administracion",
}
ROLE_OF = {slug: role for role, slug in SLUG_OF.items()}
