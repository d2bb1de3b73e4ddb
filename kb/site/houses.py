"""Houses with what they want next, and the parties that are bound."""

from __future__ import annotations

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb import clock
from kb.site.base import OWN_NAME, kept_rows, knowledge_base
from kb.site.interface import interface_of
from kb.site.page import render, text

ALL_HOUSES = """
    with due as materialized (
      select c.issuer, count(*) as open, min(o.due) as next from obligations o join circulars c on c.id = o.circular
      where o.status = 'open' and o.withdrawn is null and o.due >= :today group by c.issuer
    )
    select h.*, count(*) as circulars, max(c.issued) as newest, coalesce(d.open, 0) as open, d.next
    from houses h join circulars c on c.issuer = h.code left join due d on d.issuer = h.code group by h.code order by h.code
"""

ALL_PARTIES = f"""
    select b.value as party, count(*) as open, min(o.due) as next, group_concat(distinct c.issuer) as houses
    from obligations o, json_each(o.bearer) b join circulars c on c.id = o.circular
    where o.status = 'open' and o.withdrawn is null and o.due >= :today and {OWN_NAME}
    group by b.value order by open desc, party limit 200
"""  # noqa: S608 - both parts are ours

CONTACTS = """
    select kind, value, label, title, org, house, house_en, house_zh, max(issued) as issued, circular, count(distinct circular) as circulars
    from who_to_call where house = :house and role is null and kind <> 'url'
    group by kind, value order by circulars desc, kind, value limit 40
"""


async def houses(datasette: Datasette, request: Request) -> Response:
    """The houses with what they want next, and the parties that are bound; of one house also its contacts."""
    database, interface = await knowledge_base(datasette), interface_of(datasette, request)
    today, house = clock.today().isoformat(), text(request, "house")
    return await render(
        datasette,
        request,
        interface,
        "houses.html",
        listed=await kept_rows(database, ALL_HOUSES, today=today),
        parties=await kept_rows(database, ALL_PARTIES, today=today, lang=interface.lang),
        house=house,
        contacts=await kept_rows(database, CONTACTS, house=house) if house else (),
    )
