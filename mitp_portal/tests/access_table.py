"""The expected answers: who gets what from which URL, and what of the institution X each person ever finds.

anon    nobody signed in                    exec    secretaría ejecutiva
focal   punto focal of X, titular           coord   coordination of the subcomisión of the eje
altern  punto focal of X, suplente          coord2  coordination of another subcomisión
former  was punto focal of X                obser   observador
focalY  punto focal of Y                    admin   administración
tech    secretaría técnica, who reviews     inact   punto focal of X, deactivated in an open session
tech2   secretaría técnica, somebody else

login  is sent to the login                 page    sees the page
404    it does not exist for them           file    is handed a file
422    it is refused with a sentence
405    the method is not taken              away    is led to another page, and nothing changed
                                            done    something changed
"""

from dataclasses import dataclass

HEADS = """
                           anon   focal  altern former focalY tech   tech2  exec   coord  coord2 obser  admin  inact
"""

#: Routes, and below each the method, the object (Stage.places) and the answer for each person.
ANSWERS = """
/
    GET  -                 login  away   away   page   away   away   away   away   away   away   away   away   login
    POST -                 not taken
/actas/
    GET  -                 login  404    404    404    404    page   page   page   page   page   404    404    login
    POST -                 not taken
/actas/<int:pk>/
    GET  acta              login  404    404    404    404    page   page   page   page   page   404    404    login
    GET  acta-of-axis      login  404    404    404    404    page   page   page   page   404    404    404    login
    POST acta              not taken
/actas/<int:pk>/conservacion/
    GET  conservacion      login  404    404    404    404    page   page   404    404    404    404    404    login
    POST conservacion      login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/corregir/
    GET  acta              login  404    404    404    404    page   page   404    404    404    404    404    login
    POST acta              login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/documento/
    GET  acta              login  404    404    404    404    file   file   file   file   file   404    404    login
    GET  acta-of-axis      login  404    404    404    404    404    404    404    404    404    404    404    login
    POST acta              not taken
/actas/<int:pk>/eje/<int:number>/metas/
    GET  metas             login  404    404    404    404    page   page   404    404    404    404    404    login
    POST metas             login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/eje/<int:number>/plazos/
    GET  plazos            login  404    404    404    404    page   page   404    404    404    404    404    login
    POST plazos            login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/eje/<int:number>/ponderaciones/
    GET  pesos             login  404    404    404    404    page   page   404    404    404    404    404    login
    POST pesos             login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/eje/<int:number>/responsables/
    GET  deberes           login  404    404    404    404    page   page   404    404    404    404    404    login
    POST deberes           login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/<int:pk>/modificaciones/
    GET  modificacion      login  404    404    404    404    page   page   404    404    404    404    404    login
    POST modificacion      login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/acciones/<str:code>/
    GET  action            login  404    404    404    404    page   page   page   page   page   404    404    login
    GET  no-action         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST action            not taken
/actas/registrar/
    GET  new-acta          login  404    404    404    404    page   page   404    404    404    404    404    login
    POST new-acta          login  404    404    404    404    done   done   404    404    404    404    404    login
/actas/sin-meta/
    GET  -                 login  404    404    404    404    page   page   page   page   page   404    404    login
    POST -                 not taken
/archivos/<uuid:public_id>/
    GET  draft-file        login  file   file   404    404    404    404    404    404    404    404    404    login
    GET  withdrawn-file    login  file   file   404    404    404    404    404    404    404    404    404    login
    GET  unsent-file       login  file   file   404    404    404    404    404    404    404    404    404    login
    GET  public-file       login  file   file   404    file   file   file   file   404    404    404    404    login
    GET  internal-file     login  file   file   404    404    file   file   file   404    404    404    404    login
    GET  reserved-file     login  file   file   404    404    file   404    404    404    404    404    404    login
    GET  unclaimed-file    login  file   file   404    404    404    404    404    404    404    404    404    login
    GET  approved-file     login  file   file   404    404    404    404    404    404    404    404    404    login
    POST draft-file        not taken
/clave/cambiar/
    GET  -                 login  page   page   page   page   page   page   page   page   page   page   page   login
    POST -                 login  page   page   page   page   page   page   page   page   page   page   page   login
/clave/nueva/<slug:uidb36>/<slug:key>/
    GET  key               page   page   page   page   page   page   page   page   page   page   page   page   page
    POST key               page   page   page   page   page   page   page   page   page   page   page   page   page
/clave/nueva/lista/
    GET  -                 page   page   page   page   page   page   page   page   page   page   page   page   page
    POST -                 405    405    405    405    405    405    405    405    405    405    405    405    405
/clave/recuperar/
    GET  -                 page   page   page   page   page   page   page   page   page   page   page   page   page
    POST -                 away   away   away   away   away   away   away   away   away   away   away   away   away
/clave/recuperar/enviado/
    GET  -                 page   page   page   page   page   page   page   page   page   page   page   page   page
    POST -                 405    405    405    405    405    405    405    405    405    405    405    405    405
/comprobantes/<int:pk>/
    GET  claimed-receipt   login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  approved-receipt  login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  withdrawn-receipt login  page   page   404    404    404    404    404    404    404    404    404    login
    POST claimed-receipt   not taken
/cuenta-inactiva/
    GET  -                 page   page   page   page   page   page   page   page   page   page   page   page   page
    POST -                 405    405    405    405    405    405    405    405    405    405    405    405    405
/informes/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    404    login
    POST -                 not taken
/informes/<int:pk>/descargar/
    GET  document          login  404    404    404    404    file   file   file   404    404    404    404    login
    GET  unfinished        login  404    404    404    404    404    404    404    404    404    404    404    login
    POST document          not taken
/informes/estado/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    404    login
    POST -                 not taken
/informes/matriz.csv
    GET  -                 not taken
    POST -                 login  404    404    404    404    file   file   file   404    404    404    404    login
/informes/matriz.xlsx
    GET  -                 not taken
    POST -                 login  404    404    404    404    file   file   file   404    404    404    404    login
/informes/preparar/
    GET  -                 not taken
    POST -                 login  404    404    404    404    done   done   done   404    404    404    404    login
/ingresar/
    GET  -                 page   away   away   away   away   away   away   away   away   away   away   away   page
    POST -                 page   away   away   away   away   away   away   away   away   away   away   away   page
/pendientes/
    GET  -                 login  page   page   404    page   404    404    404    404    404    404    404    login
    POST -                 not taken
/pendientes/<int:period_id>/<int:action_id>/<int:institution_id>/informar/
    GET  duty              not taken
    POST duty              login  done   done   404    404    404    404    404    404    404    404    404    login
/pendientes/responder/
    GET  -                 not taken
    POST several           login  done   done   404    422    404    404    404    404    404    404    404    login
/personas/
    GET  -                 login  404    404    404    404    404    404    404    404    404    404    page   login
    POST -                 not taken
/plan/
    GET  -                 login  page   page   404    page   page   page   page   page   page   page   404    login
    POST -                 not taken
/plan/acciones/<str:code>/
    GET  action            login  page   page   404    page   page   page   page   page   page   page   404    login
    GET  no-action         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST action            not taken
/plan/textos/
    GET  -                 login  page   page   404    page   page   page   page   page   page   page   404    login
    POST -                 not taken
/preguntas/
    GET  -                 login  404    404    404    404    page   page   404    404    404    404    404    login
    POST -                 not taken
/preguntas/<int:pk>/responder/
    GET  question          not taken
    POST question          login  404    404    404    404    done   done   404    404    404    404    404    login
/reportes/<int:pk>/
    GET  draft             login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  withdrawn         login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  sent              login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  claimed           login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  approved          login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  returned          login  page   page   404    404    page   page   page   page   404    404    404    login
    POST draft             not taken
/reportes/<int:pk>/anular/
    GET  draft             not taken
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    done   done   404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   done   404    404    404    404    404    login
    POST approved          login  404    404    404    404    done   done   404    404    404    404    404    login
    POST returned          login  404    404    404    404    done   done   404    404    404    404    404    login
/reportes/<int:pk>/editar/
    GET  draft             login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  withdrawn         login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  returned          login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    GET  claimed           login  away   away   404    404    404    404    404    404    404    404    404    login
    GET  approved          login  away   away   404    404    404    404    404    404    404    404    404    login
    POST draft             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  done   done   404    404    404    404    404    404    404    404    404    login
    POST returned          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST claimed           login  away   away   404    404    404    404    404    404    404    404    404    login
    POST approved          login  away   away   404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/enviar/
    GET  draft             login  away   away   404    404    404    404    404    404    404    404    404    login
    GET  sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST draft             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  done   done   404    404    404    404    404    404    404    404    404    login
    POST returned          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST claimed           login  away   away   404    404    404    404    404    404    404    404    404    login
    POST approved          login  away   away   404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/evidencia/<int:evidence_id>/quitar/
    GET  evidence          not taken
    POST evidence          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST evidence-beside   login  404    404    404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/evidencia/<int:evidence_id>/clasificar/
    GET  evidence          not taken
    POST class             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST class-beside      login  404    404    404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/evidencia/<int:means_id>/subir/
    GET  piece             not taken
    POST piece             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST piece-sent        login  422    422    404    404    404    404    404    404    404    404    404    login
    POST piece-beside      login  404    404    404    done   404    404    404    404    404    404    404    login
/reportes/<int:pk>/evidencia/<int:means_id>/usar/
    GET  shelf             not taken
    POST shelf             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST shelf-beside      login  404    404    404    422    404    404    404    404    404    404    404    login
/reportes/<int:pk>/guardar/
    GET  draft             not taken
    POST draft             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  done   done   404    404    404    404    404    404    404    404    404    login
    POST returned          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST sent              login  409    409    404    404    404    404    404    404    404    404    404    login
    POST claimed           login  409    409    404    404    404    404    404    404    404    404    404    login
    POST approved          login  409    409    404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/preguntar/
    GET  draft             not taken
    POST draft             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  done   done   404    404    404    404    404    404    404    404    404    login
    POST returned          login  done   done   404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/rectificar/
    GET  draft             not taken
    POST draft             login  away   away   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  away   away   404    404    404    404    404    404    404    404    404    login
    POST sent              login  away   away   404    404    away   away   away   away   404    404    404    login
    POST claimed           login  away   away   404    404    away   away   away   away   404    404    404    login
    POST returned          login  away   away   404    404    away   away   away   away   404    404    404    login
    POST approved          login  done   done   404    404    done   done   away   away   404    404    404    login
/reportes/<int:pk>/retirar/
    GET  draft             not taken
    POST draft             login  away   away   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  away   away   404    404    404    404    404    404    404    404    404    login
    POST returned          login  away   away   404    404    404    404    404    404    404    404    404    login
    POST sent              login  done   done   404    404    404    404    404    404    404    404    404    login
    POST claimed           login  away   away   404    404    404    404    404    404    404    404    404    login
    POST approved          login  away   away   404    404    404    404    404    404    404    404    404    login
/revision/
    GET  -                 login  404    404    404    404    page   page   404    404    404    404    404    login
    POST -                 not taken
/revision/<int:pk>/
    GET  draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    GET  withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    GET  sent              login  404    404    404    404    page   page   404    404    404    404    404    login
    GET  claimed           login  404    404    404    404    page   page   404    404    404    404    404    login
    GET  approved          login  404    404    404    404    away   away   404    404    404    404    404    login
    GET  returned          login  404    404    404    404    away   away   404    404    404    404    404    login
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    away   away   404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   away   404    404    404    404    404    login
    POST approved          login  404    404    404    404    away   away   404    404    404    404    404    login
    POST returned          login  404    404    404    404    away   away   404    404    404    404    404    login
/revision/<int:pk>/tomar/
    GET  draft             not taken
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    done   done   404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   done   404    404    404    404    404    login
    POST approved          login  404    404    404    404    away   away   404    404    404    404    404    login
    POST returned          login  404    404    404    404    away   away   404    404    404    404    404    login
/salir/
    GET  -                 away   page   page   page   page   page   page   page   page   page   page   page   away
    POST -                 away   away   away   away   away   away   away   away   away   away   away   away   away
/salud/
    GET  -                 page   page   page   page   page   page   page   page   page   page   page   page   page
    POST -                 405    405    405    405    405    405    405    405    405    405    405    405    405
/universos/
    GET  -                 login  page   page   404    page   page   page   404    404    404    404    404    login
    POST -                 not taken
/universos/<int:universe_id>/<int:institution_id>/declarar/
    GET  universe          login  page   page   404    404    404    404    404    404    404    404    404    login
    POST universe          login  done   done   404    404    404    404    404    404    404    404    404    login
/universos/declaraciones/<int:pk>/confirmar/
    GET  declaration       not taken
    POST declaration       login  404    404    404    404    done   done   404    404    404    404    404    login
/universos/declaraciones/<int:pk>/objetar/
    GET  declaration       login  404    404    404    404    page   page   404    404    404    404    404    login
    POST declaration       login  404    404    404    404    done   done   404    404    404    404    404    login
"""

#: What bears a secret (SECRETS), and who finds it on some page or in some file.
FINDINGS = """
    draft                  -      sees   sees   -      -      -      -      -      -      -      -      -      -
    draft-file             -      sees   sees   -      -      -      -      -      -      -      -      -      -
    withdrawn              -      sees   sees   -      -      -      -      -      -      -      -      -      -
    withdrawn-file         -      sees   sees   -      -      -      -      -      -      -      -      -      -
    returned               -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    unsent-file            -      sees   sees   -      -      -      -      -      -      -      -      -      -
    sent                   -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    unclaimed-file         -      sees   sees   -      -      -      -      -      -      -      -      -      -
    claimed                -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    public-file            -      sees   sees   -      sees   sees   sees   sees   -      -      -      -      -
    internal-file          -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    reserved-file          -      sees   sees   -      -      sees   -      -      -      -      -      -      -
    link                   -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    attestation            -      sees   sees   -      -      sees   sees   sees   -      -      -      -      -
    approved               -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    approved-file          -      sees   sees   -      -      -      -      -      -      -      -      -      -
    comment                -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    figure-of-x            -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    responder              -      sees   sees   -      -      sees   sees   sees   sees   -      -      -      -
    question               -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
    sender                 -      sees   sees   -      -      sees   sees   sees   sees   -      -      sees   -
    document               -      -      -      -      -      sees   sees   sees   -      -      -      -      -
    universe               -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
"""

PEOPLE = tuple(HEADS.split())
#: Nobody signed in, or nobody any more.
STRANGERS = ("anon", "inact")
NOT_TAKEN = ["login" if who in STRANGERS else "405" for who in PEOPLE]


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    place: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.place}"


def _read_answers() -> list[Row]:
    rows: list[Row] = []
    route = ""
    for line in filter(None, ANSWERS.splitlines()):
        if line.startswith("/"):
            route = line
        else:
            method, place, *answers = line.split()
            told = NOT_TAKEN if answers == ["not", "taken"] else answers
            rows.append(Row(route, method, place, dict(zip(PEOPLE, told, strict=True))))
    return rows


def _read_findings() -> dict[str, set[str]]:
    """Names of secrets by who finds them."""
    found: dict[str, set[str]] = {who: set() for who in PEOPLE}
    for line in filter(None, FINDINGS.splitlines()):
        secret, *marks = line.split()
        for who, mark in zip(PEOPLE, marks, strict=True):
            if mark == "sees":
                found[who].add(secret)
    return found


ROWS = _read_answers()
MAY_FIND = _read_findings()
