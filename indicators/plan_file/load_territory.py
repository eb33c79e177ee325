from datetime import date

from django.db.models import F

from indicators.plan_file import columns
from indicators.plan_file.ledger import Ledger
from plan.models import Plan, Region, RegionalBoard

#: Lifts regions out of the way while their order changes: two never share a place, not even for a moment.
_OUT_OF_THE_WAY = 1000


def load_regions(items: list[dict], ledger: Ledger) -> dict[str, Region]:
    """The regions of Chile by code, in the file's order."""
    codes = [item["code"] for item in items]
    _make_room(codes)
    regions = {}
    for order, item in enumerate(items, 1):
        more = {"order": order, "valid_from": _day(item["valid_from"]), "valid_to": _day(item["valid_to"])}
        regions[item["code"]] = ledger.put_item(columns.REGION, item, by="code", more=more)
    for item in items:
        ledger.put(Region, {"predecessor": regions.get(item["predecessor"])}, code=item["code"])
    return regions


def load_boards(plan: Plan, items: list[dict], regions: dict[str, Region], ledger: Ledger) -> None:
    boards = [
        ledger.put(RegionalBoard, columns.BOARD.values(item), plan=plan, region=regions[item["region"]])
        for item in items
    ]
    ledger.keep_only(plan.regional_boards.all(), boards, "regional_boards")


def _make_room(codes: list[str]) -> None:
    wanted = {code: order for order, code in enumerate(codes, 1)}
    moving = [region.pk for region in Region.objects.all() if wanted.get(region.code, region.order) != region.order]
    Region.objects.filter(pk__in=moving).update(order=F("order") + _OUT_OF_THE_WAY)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
