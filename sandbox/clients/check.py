"""Reads everything with an outside client, and compares it with what the sandbox says a complete import must hold.

usage: check.py python TOTALS START END   with hotmart-python: all states, windows of thirty days
       check.py tap TOTALS OUTPUT         what tap-hotmart printed: without states, so APPROVED and COMPLETE only
"""

import base64
import collections
import json
import logging
import sys
from decimal import Decimal

DAY = 86_400_000


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found}\nexpected: {expected}")
    print(f"{what}: as expected")


def with_python(totals, start, end):
    from hotmart import Hotmart
    from hotmart.models._enums import PurchaseStatus

    key = "Basic " + base64.b64encode(b"id:secret").decode()
    counts, sums, sales = collections.Counter(), collections.Counter(), set()
    windows = 0
    with Hotmart(client_id="id", client_secret="secret", basic=key, log_level=logging.ERROR) as client:
        while start <= end:
            window = {"start_date": start, "end_date": min(start + 30 * DAY - 1, end), "max_results": 500}
            for item in client.sales.history_autopaginate(transaction_status=[str(word) for word in PurchaseStatus], **window):
                purchase = item.purchase
                sales.add(purchase.transaction)
                counts[str(purchase.status)] += 1
                sums[purchase.price.currency_code] += Decimal(str(purchase.price.value))
            # The other lists must at least fit what the client expects of them; a few windows suffice.
            for read in () if windows % 10 else (client.sales.commissions, client.sales.price_details, client.sales.participants, client.sales.summary):
                read(**window)
            start += 30 * DAY
            windows += 1
        states = collections.Counter(str(one.status) for one in client.subscriptions.list_autopaginate(accession_date=0, max_results=500))
        summaries = list(client.subscriptions.summary_autopaginate(accession_date=0, max_results=500))
        products = list(client.products.list_autopaginate())
    same("transactions", len(sales), totals["sales"])
    same("sales by state", dict(counts), {word: of["count"] for word, of in totals["by_status"].items()})
    same("sums by currency", dict(sums), {code: Decimal(of["sums"][code]) for code, of in totals["by_currency"].items()})
    same("subscriptions by state", dict(states), totals["subscriptions"])
    same("summaries and products", bool(summaries) and len(products), 8)


def with_tap(totals, output):
    found = collections.defaultdict(set)
    with open(output, encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            if message["type"] == "RECORD":
                record = message["record"]
                key = {"subscriptions": "subscriber_code", "products": "product_id"}.get(message["stream"], "transaction")
                found[message["stream"]].add(record[key])
    shown = sum(totals["by_status"][word]["count"] for word in ("APPROVED", "COMPLETE"))
    same("transactions", len(found["transactions"]), shown)
    same("commissions", len(found["commissions"]), shown)
    same("subscriptions", len(found["subscriptions"]), sum(totals["subscriptions"].values()))
    same("products", len(found["products"]), 8)


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        totals = json.load(file)
    if sys.argv[1] == "python":
        with_python(totals, int(sys.argv[3]), int(sys.argv[4]))
    else:
        with_tap(totals, sys.argv[3])


main()
