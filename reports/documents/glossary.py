"""The words of the documents, as they are used there (COMPLIANCE, Words)."""

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Acreditado", "Medio de verificación cuya evidencia la revisión aceptó como prueba de lo que el plan pide."),
    ("Acta", "Acuerdo de la Mesa o de una subcomisión; de ella salen metas, responsables, plazos y cambios del plan."),
    ("Apreciación", "Juicio de riesgo, firmado y fechado, que acompaña a la cifra y no la cambia."),
    ("Avance hacia la meta", "Valor dividido por una meta que todavía no vence; no entra al cumplimiento."),
    ("Cobertura", "Reportes hechos, a tiempo y validados, de los exigidos; y medios acreditados, de los exigidos."),
    ("Corte", "Fecha hasta la que cuentan períodos terminados, metas vencidas y textos vigentes."),
    ("Con lo resuelto hasta", "Momento hasta el que cuentan envíos, decisiones y actas registrados."),
    (
        "Cumplimiento",
        "Valor verificado dividido por la meta vencida; el promedio usa cada uno con tope de 100 %.",
    ),
    ("En plazo", "Reporte que aún no vence; se muestra aparte de los exigidos."),
    ("Informado", "Lo que dice el último envío, cualquiera sea su revisión; se muestra al lado de lo verificado."),
    ("Medio de verificación", "Prueba que el propio plan fija para una acción."),
    ("Meta", "Valor acordado en un acta, o dicho por el texto del plan. Sin ella, el indicador solo se mide."),
    ("No calculable", "Indicador al que le falta un dato, como un denominador; se dice cuál y queda fuera."),
    ("No concluyente", "Conjunto con muy pocas acciones computables: no se imprime porcentaje."),
    ("Por encargo", "Reporte que la secretaría técnica registró por una institución, con el oficio como fuente."),
    ("Reconstruido", "Cifra que se apoya en historia registrada después de ocurrida."),
    ("Verificado", "Lo que aprobó la revisión: la cifra oficial."),
)
