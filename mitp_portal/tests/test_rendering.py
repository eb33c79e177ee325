from django import forms
from pytest_django.asserts import assertInHTML, assertNotInHTML


class ExampleForm(forms.Form):
    amount = forms.IntegerField(label="Personas capacitadas", help_text="Sin repetir personas.", min_value=0)
    note = forms.CharField(label="Nota", required=False, widget=forms.Textarea)
    region = forms.ChoiceField(label="Región", choices=[("RM", "Metropolitana")])
    answer = forms.ChoiceField(label="¿Hubo avance?", choices=[("si", "Sí"), ("no", "No")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Estoy de acuerdo")

    def clean(self):
        raise forms.ValidationError("La suma no cuadra.")


def draw(data=None) -> str:
    return str(ExampleForm(data))


def test_a_field_has_label_help_and_a_control_that_names_both():
    page = draw()
    assertInHTML('<label class="form-label" for="id_amount">Personas capacitadas</label>', page)
    assertInHTML('<div class="form-text" id="id_amount_helptext">Sin repetir personas.</div>', page)
    assertInHTML(
        '<input type="number" name="amount" min="0" required class="form-control" '
        'aria-describedby="id_amount_helptext" id="id_amount">',
        page,
    )


def test_an_error_is_tied_to_its_field():
    page = draw({"amount": "muchas"})
    assertInHTML(
        '<input type="number" name="amount" value="muchas" min="0" required class="form-control is-invalid" '
        'aria-invalid="true" aria-describedby="id_amount_helptext id_amount_error" id="id_amount">',
        page,
    )
    assertInHTML(
        '<div id="id_amount_error"><p class="error"><i class="bi bi-exclamation-circle" aria-hidden="true"></i>'
        "<span>Introduzca un número entero.</span></p></div>",
        page,
    )


def test_an_error_of_the_whole_form_is_announced_before_it():
    page = draw({})
    assert 'role="alert"' in page
    assert page.index("La suma no cuadra.") < page.index("Personas capacitadas")


def test_without_errors_nothing_is_announced():
    assertNotInHTML('role="alert"', draw())
    assert "is-invalid" not in draw()


def test_what_may_stay_empty_says_so():
    assertInHTML(
        '<label class="form-label" for="id_note">Nota <span class="opcional">(opcional)</span></label>', draw()
    )


def test_choices_stand_in_a_named_group_with_a_label_each():
    page = draw()
    assertInHTML("<legend>¿Hubo avance?</legend>", page)
    assertInHTML('<label class="form-check-label" for="id_answer_0">Sí</label>', page)
    assertInHTML(
        '<input type="radio" name="answer" value="si" required class="form-check-input" id="id_answer_0">', page
    )


def test_lists_and_boxes_take_their_own_classes():
    page = draw()
    assert '<select name="region" class="form-select" id="id_region">' in page
    assertInHTML('<input type="checkbox" name="agreed" required class="form-check-input" id="id_agreed">', page)
    assertInHTML('<label class="form-check-label" for="id_agreed">Estoy de acuerdo</label>', page)
