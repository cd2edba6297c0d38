"""The network of offices: GraphML (R, igraph, networkx), GEXF (Gephi), and Gephi's table of edges as CSV.

Edges of all tasks between the same two offices are one, with the sum of their weights. A pair without a direction is an
edge of the type Undirected: networkx refuses files in which only some edges have a direction. The files are written
without networkx, which takes 170 ms to import; the formats are simple.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from aiwei_cli.notice.model import ROLES, Hit
from aiwei_cli.query.pairs import Weight, office_place, office_with_place, pairs_table
from aiwei_cli.records import NamedTuple
from aiwei_cli.write.separated import guarded
from aiwei_cli.write.xml import escaped

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices
    from aiwei_cli.write import Format

_NODE = (("label", "string"), ("place", "string"), ("level", "string"), ("known", "boolean"))
_COUNTS = tuple((role, "long") for role in ROLES)
_EDGE = (("weight", "double"), ("tasks", "long"), ("type", "string"))


class NetworkNode(NamedTuple):
    """An office."""

    label: str
    place: str
    level: str
    known: bool
    counts: dict[str, int]

    def values(self) -> list[tuple[str, str, str]]:
        """Its attributes: name, kind and value."""
        said = (self.label, self.place, self.level, "true" if self.known else "false")
        found = [(name, kind, value) for (name, kind), value in zip(_NODE, said, strict=True)]
        return found + [(name, kind, str(self.counts[name])) for name, kind in _COUNTS]


class Edge(NamedTuple):
    """Two offices that work together."""

    source: str
    target: str
    directed: bool
    weight: float
    tasks: int

    def weighed(self) -> str:
        """Its weight with all its digits: those of a million notices have more than six."""
        return f"{self.weight:.6f}".rstrip("0").rstrip(".")

    def values(self) -> list[tuple[str, str, str]]:
        """Its attributes: name, kind and value."""
        kind = "Directed" if self.directed else "Undirected"
        said = (self.weighed(), str(self.tasks), kind)
        return [(name, kind, value) for (name, kind), value in zip(_EDGE, said, strict=True)]


class Network(NamedTuple):
    """The offices by their ids, and who works with whom."""

    nodes: dict[str, NetworkNode]
    edges: list[Edge]


def network(hits: Iterable[Hit], offices: Offices, weight: Weight) -> Network:
    """What the items say, in the order of the text."""
    every = list(hits)
    nodes: dict[str, NetworkNode] = {}
    for hit in every:
        place = office_place(hit.place.notice, offices)
        for duty in hit.all_duties:
            name = office_with_place(duty.office, place)
            if name not in nodes:
                own = "" if name == duty.office else place
                level = offices.level_of(hit.place.notice.issuer or "") or "" if own else ""
                nodes[name] = NetworkNode(duty.office, own, level, offices.known(duty.office), dict.fromkeys(ROLES, 0))
            nodes[name].counts[duty.role] += 1
    summed: dict[tuple[str, str, bool], list[float]] = {}
    for row in pairs_table(every, offices, weight).rows:
        place, directed = str(row.get("office_place")), bool(row.get("directed"))
        source, target = (office_with_place(str(row.get(end)), place) for end in ("source", "target"))
        if not directed and source > target:
            source, target = target, source
        total = summed.setdefault((source, target, directed), [0.0, 0])
        total[0] += float(str(row.get("weight")))
        total[1] += 1
    edges = [Edge(*ends, round(weight, 6), int(tasks)) for ends, (weight, tasks) in summed.items()]
    return Network(nodes, edges)


def write_network(found: Network, out: TextIO, format: Format) -> None:
    """Write a network in one of the formats for networks."""
    {"graphml": _graphml, "gexf": _gexf, "edges": _edges}[format.name](found, out)


def _edges(found: Network, out: TextIO) -> None:
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("Source", "Target", "Type", "Weight", "Tasks"))
    for edge in found.edges:
        weight, tasks, kind = (value for _, _, value in edge.values())
        table.writerow((guarded(edge.source), guarded(edge.target), kind, weight, tasks))


def _graphml(found: Network, out: TextIO) -> None:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for about, kinds in (("node", (*_NODE, *_COUNTS)), ("edge", _EDGE)):
        for name, kind in kinds:
            out.write(f'<key id="{about}_{name}" for="{about}" attr.name="{name}" attr.type="{kind}"/>\n')
    out.write('<graph edgedefault="directed">\n')
    for name, node in found.nodes.items():
        data = "".join(f'<data key="node_{key}">{escaped(value)}</data>' for key, _, value in node.values())
        out.write(f'<node id="{escaped(name)}">{data}</node>\n')
    for edge in found.edges:
        data = "".join(f'<data key="edge_{key}">{value}</data>' for key, _, value in edge.values())
        out.write(f'<edge source="{escaped(edge.source)}" target="{escaped(edge.target)}">{data}</edge>\n')
    out.write("</graph>\n</graphml>\n")


def _gexf(found: Network, out: TextIO) -> None:
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write('<graph defaultedgetype="directed">\n')
    for about, kinds in (("node", (*_NODE[1:], *_COUNTS)), ("edge", _EDGE[1:])):
        out.write(f'<attributes class="{about}">')
        for name, kind in kinds:
            out.write(f'<attribute id="{name}" title="{name}" type="{kind}"/>')
        out.write("</attributes>\n")
    out.write("<nodes>\n")
    for name, node in found.nodes.items():
        data = "".join(f'<attvalue for="{key}" value="{escaped(value)}"/>' for key, _, value in node.values()[1:])
        out.write(f'<node id="{escaped(name)}" label="{escaped(name)}"><attvalues>{data}</attvalues></node>\n')
    out.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(found.edges):
        ends = f'source="{escaped(edge.source)}" target="{escaped(edge.target)}"'
        out.write(f'<edge id="{number}" {ends} weight="{edge.weighed()}">')
        data = "".join(f'<attvalue for="{key}" value="{value}"/>' for key, _, value in edge.values()[1:])
        out.write(f"<attvalues>{data}</attvalues></edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")
