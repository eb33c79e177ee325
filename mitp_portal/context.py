"""What every page of the portal shows around its content."""


def portal(request) -> dict:
    return {"portal": {}}
