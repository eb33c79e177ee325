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
422    it is refused with a sentence       image   sees the image of a page of a file
409    somebody else was first, who says so
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
    GET  record-file       login  file   file   404    404    file   404    404    404    404    404    404    login
/archivos/<uuid:public_id>/paginas/<int:number>/
    GET  public-page       login  image  image  404    image  image  image  image  404    404    404    404    login
    GET  internal-page     login  image  image  404    404    image  image  image  404    404    404    404    login
    GET  reserved-page     login  404    404    404    404    404    404    404    404    404    404    404    login
    GET  draft-page        login  image  image  404    404    404    404    404    404    404    404    404    login
    POST public-page       not taken
/avisos/
    GET  -                 login  page   page   404    page   page   page   page   page   page   page   page   login
    POST -                 not taken
/avisos/<int:pk>/abrir/
    GET  notice            not taken
    POST notice            login  done   404    404    404    404    404    404    404    404    404    404    login
/avisos/enviados/
    GET  -                 login  404    404    404    404    page   page   404    404    404    404    404    login
    POST -                 not taken
/avisos/enviados/<int:pk>/reintentar/
    GET  mail              not taken
    POST mail              login  404    404    404    404    done   done   404    404    404    404    404    login
/avisos/enviados/reintentar/
    GET  -                 not taken
    POST -                 login  404    404    404    404    done   done   404    404    404    404    404    login
/avisos/leidos/
    GET  -                 not taken
    POST -                 login  done   done   404    done   done   done   away   away   away   away   away   login
/bitacora/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    page   login
    POST -                 not taken
/bitacora/exportar/
    GET  -                 not taken
    POST -                 login  404    404    404    404    file   file   file   404    404    404    file   login
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
/encargo/
    GET  -                 login  404    404    404    404    page   page   404    404    404    404    404    login
    POST -                 not taken
/encargo/<int:period_id>/<int:action_id>/<int:institution_id>/registrar/
    GET  duty              not taken
    POST duty              login  404    404    404    404    done   done   404    404    404    404    404    login
/encargo/<int:pk>/descartar/
    GET  record            not taken
    POST empty-record      login  404    404    404    404    done   done   404    404    404    404    404    login
    POST record            login  404    404    404    404    away   away   404    404    404    404    404    login
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    404    404    404    404    404    404    404    login
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
/instituciones/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    page   login
    POST -                 not taken
/instituciones/<int:pk>/
    GET  institution       login  404    404    404    404    page   page   page   404    404    404    page   login
    POST institution       not taken
/instituciones/<int:pk>/editar/
    GET  institution       login  404    404    404    404    page   page   404    404    404    404    page   login
    POST institution       login  404    404    404    404    done   done   404    404    404    404    done   login
/instituciones/<int:pk>/nombre/
    GET  institution       login  404    404    404    404    page   page   404    404    404    404    page   login
    POST institution       login  404    404    404    404    done   done   404    404    404    404    done   login
/invitacion/<str:secret>/
    GET  secret            page   page   page   page   page   page   page   page   page   page   page   page   page
    POST secret            page   page   page   page   page   page   page   page   page   page   page   page   page
/pendientes/
    GET  -                 login  page   page   404    page   404    404    404    404    404    404    404    login
    POST -                 not taken
/pendientes/<int:period_id>/<int:action_id>/<int:institution_id>/informar/
    GET  duty              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST duty              login  done   done   404    404    404    404    404    404    404    404    404    login
/pendientes/responder/
    GET  -                 not taken
    POST several           login  done   done   404    422    404    404    404    404    404    404    404    login
/periodos/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    404    login
    POST -                 not taken
/periodos/<int:pk>/
    GET  open-period       login  404    404    404    404    page   page   page   404    404    404    404    login
    POST open-period       not taken
/periodos/<int:pk>/abrir/
    GET  later-period      not taken
    POST later-period      login  404    404    404    404    done   done   404    404    404    404    404    login
    POST open-period       login  404    404    404    404    away   away   404    404    404    404    404    login
/periodos/<int:pk>/cerrar/
    GET  open-period       login  404    404    404    404    404    404    page   404    404    404    404    login
    GET  later-period      login  404    404    404    404    404    404    away   404    404    404    404    login
    POST open-period       login  404    404    404    404    404    404    done   404    404    404    404    login
    POST later-period      login  404    404    404    404    404    404    away   404    404    404    404    login
/periodos/<int:pk>/prorrogar/
    GET  open-period       login  404    404    404    404    page   page   404    404    404    404    404    login
    POST open-period       login  404    404    404    404    done   done   404    404    404    404    404    login
/periodos/programar/
    GET  terms             login  404    404    404    404    page   page   404    404    404    404    404    login
    POST terms             login  404    404    404    404    page   page   404    404    404    404    404    login
/personas/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    page   login
    POST -                 not taken
/personas/<int:pk>/
    GET  person            login  404    404    404    404    page   page   page   404    404    404    page   login
    POST person            not taken
/personas/<int:pk>/activar/
    GET  gone              not taken
    POST gone              login  404    404    404    404    done   done   404    404    404    404    done   login
    POST person            login  404    404    404    404    away   away   404    404    404    404    away   login
/personas/<int:pk>/desactivar/
    GET  person            not taken
    POST person            login  404    404    404    404    done   done   404    404    404    404    done   login
/personas/<int:pk>/invitar/
    GET  invited           not taken
    POST invited           login  404    404    404    404    done   done   404    404    404    404    done   login
/personas/<int:pk>/retirar-invitacion/
    GET  invited           not taken
    POST invited           login  404    404    404    404    done   done   404    404    404    404    done   login
    POST person            login  404    404    404    404    away   away   404    404    404    404    away   login
/personas/nombrar/<slug:slug>/
    GET  focal             login  404    404    404    404    page   page   404    404    404    404    page   login
    GET  secretaria        login  404    404    404    404    404    404    404    404    404    404    page   login
    POST focal             login  404    404    404    404    done   done   404    404    404    404    done   login
    POST secretaria        login  404    404    404    404    404    404    404    404    404    404    done   login
/personas/nombramientos/<int:pk>/confirmar/
    GET  pending           not taken
    POST pending           login  404    404    404    404    404    404    done   404    404    404    404    login
    POST duty-of-x         login  404    404    404    404    404    404    away   404    404    404    404    login
/personas/nombramientos/<int:pk>/descartar/
    GET  pending           not taken
    POST pending           login  404    404    404    404    away   away   done   404    404    404    done   login
    POST duty-of-x         login  404    404    404    404    away   away   away   404    404    404    away   login
/personas/nombramientos/<int:pk>/terminar/
    GET  duty-of-x         login  404    404    404    404    page   page   404    404    404    404    page   login
    POST duty-of-x         login  404    404    404    404    done   done   404    404    404    404    done   login
/personas/nombramientos/<int:pk>/traspasar/
    GET  duty-of-x         login  404    404    404    404    page   page   404    404    404    404    page   login
    POST duty-of-x         login  404    404    404    404    done   done   404    404    404    404    done   login
    GET  pending           login  404    404    404    404    away   away   404    404    404    404    away   login
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
/quien-debe/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    404    login
    POST -                 not taken
/quien-debe/<int:period_id>/planilla.csv
    GET  period            not taken
    POST period            login  404    404    404    404    file   file   file   404    404    404    404    login
/quien-debe/<int:period_id>/planilla.xlsx
    GET  period            not taken
    POST period            login  404    404    404    404    file   file   file   404    404    404    404    login
/quien-debe/<int:period_id>/recordar/
    GET  period            not taken
    POST period            login  404    404    404    404    done   done   404    404    404    404    404    login
/reportes/<int:pk>/
    GET  draft             login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  withdrawn         login  page   page   404    404    404    404    404    404    404    404    404    login
    GET  sent              login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  claimed           login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  approved          login  page   page   404    404    page   page   page   page   404    404    404    login
    GET  returned          login  page   page   404    404    page   page   page   page   404    404    404    login
    POST draft             not taken
    GET  record            login  page   page   404    404    page   page   404    404    404    404    404    login
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
    GET  record            login  away   away   404    404    page   page   404    404    404    404    404    login
    POST record            login  away   away   404    404    done   done   404    404    404    404    404    login
/reportes/<int:pk>/entregar/
    GET  stranded          not taken
    POST stranded          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST draft             login  away   away   404    404    404    404    404    404    404    404    404    login
    POST record            login  away   away   404    404    404    404    404    404    404    404    404    login
/reportes/<int:pk>/enviar/
    GET  draft             login  away   away   404    404    404    404    404    404    404    404    404    login
    GET  sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST draft             login  done   done   404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  done   done   404    404    404    404    404    404    404    404    404    login
    POST returned          login  done   done   404    404    404    404    404    404    404    404    404    login
    POST sent              login  away   away   404    404    404    404    404    404    404    404    404    login
    POST claimed           login  away   away   404    404    404    404    404    404    404    404    404    login
    POST approved          login  away   away   404    404    404    404    404    404    404    404    404    login
    GET  record            login  away   away   404    404    away   away   404    404    404    404    404    login
    POST record            login  away   away   404    404    done   done   404    404    404    404    404    login
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
    POST record            login  409    409    404    404    done   done   404    404    404    404    404    login
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
    POST sent              login  404    404    404    404    409    409    404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   409    404    404    404    404    404    login
    POST approved          login  404    404    404    404    409    409    404    404    404    404    404    login
    POST returned          login  404    404    404    404    409    409    404    404    404    404    404    login
/revision/<int:pk>/evidencia/<int:evidence_id>/abrir/
    GET  opening           not taken
    POST opening           login  404    404    404    404    away   404    404    404    404    404    404    login
    POST opening-beside    login  404    404    404    404    404    404    404    404    404    404    404    login
/revision/<int:pk>/paginas/
    GET  claimed           not taken
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    done   done   404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   done   404    404    404    404    404    login
    POST approved          login  404    404    404    404    away   away   404    404    404    404    404    login
/revision/<int:pk>/tomar/
    GET  draft             not taken
    POST draft             login  404    404    404    404    404    404    404    404    404    404    404    login
    POST withdrawn         login  404    404    404    404    404    404    404    404    404    404    404    login
    POST sent              login  404    404    404    404    done   done   404    404    404    404    404    login
    POST claimed           login  404    404    404    404    done   done   404    404    404    404    404    login
    POST approved          login  404    404    404    404    away   away   404    404    404    404    404    login
    POST returned          login  404    404    404    404    away   away   404    404    404    404    404    login
/revision/aprobar/
    GET  -                 not taken
    POST marked            login  404    404    404    404    page   page   404    404    404    404    404    login
/revision/aprobar/confirmar/
    GET  -                 not taken
    POST marked            login  404    404    404    404    done   done   404    404    404    404    404    login
/revision/asignar/
    GET  -                 not taken
    POST marked            login  404    404    404    404    done   done   404    404    404    404    404    login
/revision/plazos/
    GET  -                 login  404    404    404    404    page   page   page   404    404    404    404    login
    POST -                 not taken
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
    record                 -      -      -      -      -      sees   sees   -      -      -      -      -      -
    record-file            -      sees   sees   -      -      sees   sees   -      -      -      -      -      -
    extension              -      -      -      -      -      sees   sees   sees   -      -      -      -      -
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
