"""Every public page, by its address in the fixture workspace."""

from __future__ import annotations

from tocsin.model.ids import stable_id

FIGURE = stable_id("fig", "documents", "SF036")
FORECAST = stable_id("fct", "one_sided_25-SYR-12-stack")
ESTIMATE = stable_id("est", "selmora-dga")
REAL_DRAFT = stable_id("dra", "draft-SYR")
INVENTED_DRAFT = stable_id("dra", "draft-XSE")
PAGES = (
    "/", "/?q=kenya", "/?sort=name", "/?target=one_sided_1000&horizon=24&rows=all", "/situations/", "/situations/libya-2011",
    "/situations/syria-2011", "/situations/kenya-2007", "/situations/selmora", "/casualties", "/forecasts", "/forecasts/scorecard",
    "/framework", "/framework?state=KEN", "/framework/syria-2011", "/framework/selmora",
    "/forecasts/scorecard?target=one_sided_100&horizon=12&against=persistence", "/forecasts/SYR", "/forecasts/SYR?target=one_sided_1000&horizon=24",
    "/forecasts?region=Western+Asia", "/toolbox", "/toolbox?days=20&a=UN&c=with",
    "/publications", "/data", "/search", "/search?q=kenya", "/about/method", "/about/licences", f"/explain/{FIGURE}", f"/explain/{FIGURE}?verify=1",
    f"/explain/{FORECAST}", f"/explain/{ESTIMATE}",
)  # fmt: skip
