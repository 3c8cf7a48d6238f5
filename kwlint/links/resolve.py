"""Whether a link is right, broken, or not to be decided from the repository alone.

All that a verdict depends on is request of a `Tree`, path by path, so that whoever keeps verdicts knows which change
of the repository makes one stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from kwlint.flavours import Flavours
from kwlint.flavours.anchors import NON_FRAGMENT_KINDS
from kwlint.flavours.base import Flavour, LinkRequest, Resolution
from kwlint.flavours.paths import folder_of, is_partial, relative_path, suffix_of
from kwlint.model.facts import Anchor, LinkFact
from kwlint.text.lazy_regex import expression


class Tree(Protocol):
    """What there is, seen from a link."""

    def exists(self, path: str) -> bool:
        """Whether others will see a file at `path`."""

    def is_folder(self, path: str) -> bool:
        """Whether `path` is a folder that holds such files; `""` is the root."""

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        """The fragments that a source offers; None for what is no source."""

    def on_disk(self, path: str) -> bool:
        """Whether something lies at `path` that git does not track."""

    def spelled(self, path: str) -> tuple[str, ...]:
        """The files and folders that are called `path` but for letter case and the composition of accents."""

    def near(self, path: str) -> Sequence[str]:
        """The files that `path` may have been meant to be."""

    def called(self, name: str) -> Sequence[str]:
        """The sources that have `name`, letter case aside, as an alias."""


class Verdict(NamedTuple):
    """What became of a link.

    `kind`: `right`, `broken`, `undecidable`, or `external` (another site's, or a reference whose definition is judged
    in its own place). `path`: the file or folder that a right link (or one whose anchor alone is wrong) leads to.
    `replacement`: the text to put for the target as written; None where nothing is known to be meant. `safe`: that
    there is one possible meaning.
    """

    kind: str
    path: str = ""
    fragment: str = ""
    code: str = ""
    message: str = ""
    hint: str = ""
    replacement: str | None = None
    safe: bool = False


class Parts(NamedTuple):
    """A target taken apart: `path` and `fragment` are percent-decoded; `has_fragment` tells `x.md#` from `x.md`."""

    path: str
    query: str
    fragment: str
    has_fragment: bool


EXTERNAL = Verdict("external")
UNDECIDABLE = Verdict("undecidable")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|\\\\").match
_TEMPLATE = expression(
    r"\{\{|\{%|\$\{|\{#|<%|%%|\$\(|__[A-Z]+(?:_[A-Z]+)*__|\{[A-Za-z_][\w.:-]*\}|\$[A-Z_]{3}"
    r"|\A[A-Z]+(?:_[A-Z]+)*_(?:URL|LINK|HREF)\Z"
).search
_PERCENT = re.compile("%[0-9A-Fa-f]{2}").search
# What begins as the name of a host does, and may lack its scheme.
_HOST = re.compile(r"www\.[\w-]+\.\w|[\w-]+\.(?:com|org|net|io|dev|edu|gov)(?:/|\Z)", re.IGNORECASE).match
_OTHER_MEDIA = frozenset((".mp4", ".webm", ".mov", ".ogv", ".mp3", ".ogg", ".wav", ".m4a", ".pdf", ".vtt", ".html"))
# Fragments that a page answers without an anchor: its top, text fragments, source lines, media and PDF places,
# the theme of an image, and what a script on the page reads.
_ALWAYS = expression(
    r"(?:[Tt][Oo][Pp]|:~:.*|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|(?:t|page|xywh)=.*|gh-(?:dark|light)-mode-only"
    r"|only-(?:dark|light)|tab/.*|[!/].*|.*:~:text=.*)\Z",
    re.DOTALL,
).match


def judge(source: str, fact: LinkFact, flavours: Flavours, tree: Tree) -> Verdict:
    """The verdict on one link of the source at `source`."""
    url = fact.url
    if url and url[0] == "#":
        return _settled(fact, _fragment_verdict(source, source, fact, split(url), flavours, tree))
    flavour = flavours.of(source)
    if fact.kind == "autolink":
        return EXTERNAL
    named = fact.element if fact.kind == "directive" else ""
    if _SCHEME(url) or _is_template(url):
        answer = flavour.rewrite_target(source, url)
        if answer is None:
            return UNDECIDABLE if _is_template(url) else EXTERNAL
        if not answer:
            return UNDECIDABLE
        return _through(source, fact, answer, flavours, tree)
    return _judged(source, fact, named, flavours, tree)


def _through(source: str, fact: LinkFact, meant: str, flavours: Flavours, tree: Tree) -> Verdict:
    """The verdict on a target that a tag or a scheme stands for. What is to be put for the tag's path is put there."""
    verdict = _judged(source, fact._replace(target=meant, url=meant), "named", flavours, tree)
    if verdict.replacement is None:
        return verdict
    for old, new in ((meant, verdict.replacement), (meant.lstrip("/"), verdict.replacement.lstrip("/"))):
        if old and fact.target.count(old) == 1 and ("%" in old or "%" not in new):  # tags take names as they are
            whole = fact.target.replace(old, new)
            hint = verdict.hint.replace(verdict.replacement, new)
            return verdict._replace(replacement=whole, hint=hint)
    return verdict._replace(replacement=None, safe=False)


def _judged(source: str, fact: LinkFact, named: str, flavours: Flavours, tree: Tree) -> Verdict:
    flavour, url = flavours.of(source), fact.url
    parts = split(url)
    if not parts.path:
        return _settled(fact, _fragment_verdict(source, source, fact, parts, flavours, tree))
    request = LinkRequest(source, parts.path, fact.kind == "html", fact.image, named, bool(parts.fragment))
    resolution = flavour.resolve(request)
    for place in () if resolution.levels_above else resolution.paths:
        if tree.exists(place) or tree.is_folder(place):
            if _has_moved(place, request, flavour, tree):
                return UNDECIDABLE
            if not parts.has_fragment:
                return Verdict("right", place)
            return _settled(fact, _fragment_verdict(source, place, fact, parts, flavours, tree))
    if resolution.versions and (shown := _versions(resolution.versions, tree)):
        verdicts = [_fragment_verdict(source, place, fact, parts, flavours, tree) for place in shown]
        return _settled(fact, min(verdicts, key=lambda found: _MILDEST.index(found.kind)))
    if meant := next((place for place in resolution.misdirected if tree.exists(place)), ""):
        if _has_moved(meant, request, flavour, tree) or _has_moved(source, request, flavour, tree):
            return UNDECIDABLE
        return _settled(fact, _astray(fact, parts, request, meant))
    place = _anywhere(request, flavour, tree) or _by_alias(request, flavour, tree)
    if place:
        return _settled(fact, _fragment_verdict(source, place, fact, parts, flavours, tree))
    verdict = _nowhere(fact, parts, request, resolution, flavour, tree)
    if verdict.code == "KW103" and parts.fragment and verdict.replacement and fact.target == fact.url:
        respelled_fact = fact._replace(target=verdict.replacement, url=verdict.replacement)
        anchor = judge(source, respelled_fact, flavours, tree)
        if anchor.code == "KW103" and anchor.replacement:
            verdict = verdict._replace(replacement=anchor.replacement, hint=anchor.hint)
    return _settled(fact, verdict)


def _has_moved(place: str, request: LinkRequest, flavour: Flavour, tree: Tree) -> bool:
    """Whether the page of a document that an address seems to mean has another address, by its front matter."""
    if (
        not flavour.permalink_keys
        or suffix_of(request.path) in flavour.suffixes
        or suffix_of(place) not in flavour.suffixes
    ):
        return False
    own = [anchor[0] for anchor in tree.anchors(place) or () if anchor[1] == "address"]
    return bool(own) and not any(_last(address) == _last(request.path) for address in own)


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].removesuffix(".html")


def _anywhere(request: LinkRequest, flavour: Flavour, tree: Tree, alone: bool = False) -> str:
    """The file that a link names without saying where it lies, in a flavour that looks for it; `alone`: if there is
    no other of the name."""
    end = flavour.searched_suffix(request)
    if not end:
        return ""
    from kwlint.repo.path_index import folded

    end, root = folded(end), f"{flavour.root}/".lstrip("/")
    found = [path for path in tree.near(end[1:]) if path.startswith(root) and folded(f"/{path}").endswith(end)]
    found.sort(key=lambda path: (path.count("/"), path))
    return found[0] if found and not (alone and len(found) > 1) else ""


def _by_alias(request: LinkRequest, flavour: Flavour, tree: Tree) -> str:
    """The first document below the flavour's root that has what the link says as an alias."""
    root = f"{flavour.root}/".lstrip("/")
    named = tree.called(request.path) if flavour.aliases else ()
    return next((path for path in named if path.startswith(root)), "")


_MILDEST = ("right", "undecidable", "broken")


def _versions(places: Sequence[str], tree: Tree) -> list[str]:
    """Those of `places` that exist, as they are spelled."""
    spelled = ((place,) if tree.exists(place) else tree.spelled(place) for place in places)
    return [path for paths in spelled for path in paths if tree.exists(path)]


def _is_template(url: str) -> bool:
    return ("{" in url or "%" in url or "$" in url or "_" in url) and _TEMPLATE(url) is not None


def split(url: str) -> Parts:
    """A target's path, query and fragment."""
    path, mark, fragment = url.partition("#")
    path, _, query = path.partition("?")
    return Parts(decoded(path), query, decoded(fragment), bool(mark))


def decoded(text: str) -> str:
    """`text` without percent-encoding, if it has any and it is UTF-8; otherwise as it is."""
    if "%" not in text or not _PERCENT(text):
        return text
    from urllib.parse import unquote

    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _settled(fact: LinkFact, verdict: Verdict) -> Verdict:
    """A reference is wrong where its definition is: that is where the target stands and can be repaired."""
    return EXTERNAL if fact.kind == "reference" and verdict.kind == "broken" else verdict


# --- the path -----------------------------------------------------------------------------------------------------


def _nowhere(
    fact: LinkFact, parts: Parts, request: LinkRequest, resolution: Resolution, flavour: Flavour, tree: Tree
) -> Verdict:
    """The verdict on a path that leads to nothing."""
    if resolution.generated:
        return Verdict("right", "", parts.fragment)
    if resolution.levels_above:
        return _outside(parts, resolution, flavour)
    if resolution.decidable is False or not resolution.paths:
        return UNDECIDABLE
    if not flavour.partials_relative and is_partial(request.source):
        return UNDECIDABLE
    if resolution.decidable is None and not tree.is_folder(folder_of(resolution.paths[0])):
        return UNDECIDABLE
    for place in resolution.paths:
        real = tree.spelled(place)
        if len(real) == 1:
            return _misspelled(fact, parts, place, real[0])
    shown = parts.path
    for place in resolution.paths:
        if tree.on_disk(place):
            message = f"{shown} is on disk, but git does not track it"
            return Verdict("broken", place, parts.fragment, "KW104", message, f"git add {place}")
    from kwlint.links.suggest import suggested_path

    best = suggested_path(resolution.paths[0], tree.near(resolution.paths[0]))
    replacement = respelled(request, fact, parts, best, flavour, tree) if best else None
    if not best and _HOST(parts.path) and fact.kind != "wiki":
        replacement = f"https://{fact.target}"
    hint = f'did you mean "{replacement}"?' if replacement else ""
    is_picture = fact.image and fact.kind != "directive" and suffix_of(parts.path) not in _OTHER_MEDIA
    thing = "image" if is_picture else "file"
    return Verdict("broken", "", parts.fragment, "KW101", f"no {thing} {shown}", hint, replacement)


def _astray(fact: LinkFact, parts: Parts, request: LinkRequest, meant: str) -> Verdict:
    """A path in a form that does not reach the document that it means."""
    _, mark, rest = _raw_split(fact)
    written = "/".join(
        encoded(piece, "", fact.kind) for piece in relative_path(folder_of(request.source), meant).split("/")
    )
    replacement = None if request.from_html else written + mark + rest  # what raw HTML needs is an address
    hint = f'write "{replacement}"' if replacement else f"it is {meant}, which has another address"
    return Verdict("broken", "", parts.fragment, "KW101", f"no page {parts.path}", hint, replacement)


def _outside(parts: Parts, resolution: Resolution, flavour: Flavour) -> Verdict:
    """Return the verdict on a path that leaves the repository: it may lead to a page of the git host."""
    first = (resolution.paths[0] if resolution.paths else "").partition("/")[0]
    is_repository_page = resolution.levels_above == 2 and first in flavour.host_pages
    is_other_repository = resolution.levels_above > 2 and "." not in first and bool(flavour.host_pages)
    if is_repository_page or is_other_repository:
        return EXTERNAL
    if resolution.decidable is not True:
        return UNDECIDABLE
    return Verdict("broken", "", parts.fragment, "KW105", f"{parts.path} leaves the repository")


def _misspelled(fact: LinkFact, parts: Parts, place: str, real: str) -> Verdict:
    """A path that is right but for letter case, or for how its accents are composed."""
    replacement = with_case_of(fact, place, real)
    hint = f'write "{replacement}"' if replacement else f"it is {real}"
    return Verdict(
        "broken", real, parts.fragment, "KW103", f"{parts.path} is spelled {real}", hint, replacement, bool(replacement)
    )


def with_case_of(fact: LinkFact, place: str, real: str) -> str | None:
    """The target as written, each of its parts that `place` got wrong in the spelling of `real`.

    `place` and `real` differ in letter case alone. None where the parts cannot be told apart.
    """
    written, mark, rest = _raw_split(fact)
    wrong, right = place.split("/"), real.split("/")
    pieces = written.split("/")
    if len(wrong) != len(right):
        return None
    for number, index in _named_parts(pieces, len(wrong)):
        said = decoded(pieces[number])
        spelling = _spelling(said, wrong[index], right[index])
        if spelling != said:
            pieces[number] = encoded(spelling, pieces[number], fact.kind)
    answer = "/".join(pieces) + mark + rest
    return answer if answer != fact.target else None


def _spelling(said: str, wrong: str, right: str) -> str:
    """One part of a path as written, in the spelling of `right`: it may lack the suffix of the file that it names,
    or have the one that the site gives it."""
    if said == wrong:
        return right
    said_stem, dot, suffix = said.rpartition(".")
    right_stem = right.rpartition(".")[0]
    if said == wrong.rpartition(".")[0]:
        return right_stem
    return right_stem + dot + suffix if dot and said_stem == wrong.rpartition(".")[0] else said


def _named_parts(pieces: list[str], depth: int) -> list[tuple[int, int]]:
    """Which part of a path each written piece stands for: (piece, part) pairs. What `..` takes back is left out."""
    stack: list[int] = []
    for number, piece in enumerate(pieces):
        if piece == "..":
            if stack:
                stack.pop()
        elif piece and piece != ".":
            stack.append(number)
    stack = stack[max(0, len(stack) - depth) :]  # a `~` before the rest stands for a folder
    return [(number, depth - len(stack) + at) for at, number in enumerate(stack)]


def _raw_split(fact: LinkFact) -> tuple[str, str, str]:
    """The written path, the `?` or `#` that ends it, and the rest; from the decoded target where it is escaped."""
    plain = fact.target == fact.url or ("\\" not in fact.target and "&" not in fact.target)
    written = fact.target if plain else fact.url
    for at, character in enumerate(written):
        if character in "?#":
            return written[:at], character, written[at + 1 :]
    return written, "", ""


def encoded(text: str, like: str, kind: str = "") -> str:
    """`text` for a target, percent-encoded where it must be, or where `like` (the text that was there) is. What a
    wikilink, a tag or a directive names is taken as it stands; a target in angle brackets or quotes, which a space in
    `like` shows, may hold spaces."""
    if kind == "wiki" or (kind == "directive" and "%" not in like):
        return text
    kept = "!$&*+,-./:;=@_~ " if " " in like and "%" not in like else "!$&*+,-./:;=@_~"
    if any((c <= " " or c in "()<>\"'\\#?%`[]") and c not in kept for c in text) or "%" in like:
        from urllib.parse import quote

        return quote(text, safe=kept, errors="surrogatepass")
    return text


def respelled(
    request: LinkRequest, fact: LinkFact, parts: Parts, place: str, flavour: Flavour, tree: Tree
) -> str | None:
    """The target rewritten to lead to `place`, in the style in which it was written; None where no way is found
    that this flavour reads as `place`."""
    written, mark, rest = _raw_split(fact)
    for path in flavour.spellings(request, place):
        resolution = flavour.resolve(request._replace(path=path))
        hit = next((p for p in resolution.paths if tree.exists(p) or tree.is_folder(p)), "")
        hit = hit or _anywhere(request._replace(path=path), flavour, tree, alone=True)
        if hit and not resolution.levels_above and place in (hit, shown_for(hit, flavour, tree)):
            return "/".join(encoded(piece, written, fact.kind) for piece in path.split("/")) + mark + rest
    del parts
    return None


def shown_for(path: str, flavour: Flavour, tree: Tree) -> str:
    """The document that is shown for `path`: of a folder, its index; otherwise itself, empty where there is none."""
    if tree.exists(path) or not tree.is_folder(path):
        return path
    return next((place for place in flavour.index_documents(path) if tree.exists(place)), "")


# --- the fragment -------------------------------------------------------------------------------------------------


def _fragment_verdict(source: str, place: str, fact: LinkFact, parts: Parts, flavours: Flavours, tree: Tree) -> Verdict:
    """The verdict on a link whose path leads to `place`."""
    fragment = parts.fragment
    right = Verdict("right", place, fragment)
    if not fragment or fact.image or _ALWAYS(fragment):
        return right
    flavour = flavours.of(place)
    target = place
    anchors = tree.anchors(place)
    if anchors is None and tree.is_folder(place):
        flavour = flavours.of(f"{place}/")
        target = next((path for path in flavour.index_documents(place) if tree.exists(path)), "")
        anchors = tree.anchors(target) if target else None
    if anchors is None:
        return right
    wanted = flavour.fragment_candidates(fragment)
    if any(name in names_of(anchors) for name in wanted) or _has(anchors, fact.url.partition("#")[2]):
        return right
    if _TEMPLATE(fragment):
        return UNDECIDABLE
    included = _included(target, anchors, flavours, tree)
    if included is None or not flavour.is_decidable(place, parts.path, fragment):
        return UNDECIDABLE
    if any(name in names_of(more) for more in included for name in wanted):
        return right
    return _no_anchor(source, place, fact, parts, [a for part in (anchors, *included) for a in part])


def _has(anchors: Sequence[Anchor], raw: str) -> bool:
    """Whether the fragment as written, undecoded or with the host's prefix, is one of the anchors."""
    names = names_of(anchors)
    return raw in names or (raw.startswith("user-content-") and raw[13:] in names)


def _included(
    target: str, anchors: Sequence[Anchor], flavours: Flavours, tree: Tree
) -> list[tuple[Anchor, ...]] | None:
    """The anchors of the documents that `target` takes in, and of those that they take in; None where one of them
    is not known, so that nothing can be said of what is missing."""
    found: list[tuple[Anchor, ...]] = []
    seen = {target}
    queue: list[tuple[str, Sequence[Anchor]]] = [(target, anchors)]
    while queue:
        path, offered = queue.pop()
        for anchor in offered:
            if anchor[1] == "open":
                return None
            if anchor[1] != "include":
                continue
            request = LinkRequest(path, split(anchor[0]).path, directive="include")
            place = next((p for p in flavours.of(path).resolve(request).paths if tree.exists(p)), "")
            if place in seen:
                continue
            seen.add(place)
            more = tree.anchors(place) if place else None
            if more is None or len(seen) > 200:
                return None
            found.append(more)
            queue.append((place, more))
    return found


_NAMES: dict[int, tuple[Sequence[Anchor], frozenset[str]]] = {}


def names_of(anchors: Sequence[Anchor]) -> frozenset[str]:
    """The anchors' names, made once for a document that many links lead to."""
    known = _NAMES.get(id(anchors))
    if known is None or known[0] is not anchors:
        if len(_NAMES) >= 512:
            _NAMES.clear()
        known = _NAMES[id(anchors)] = (anchors, frozenset(a[0] for a in anchors if a[1] not in NON_FRAGMENT_KINDS))
    return known[1]


def _no_anchor(source: str, place: str, fact: LinkFact, parts: Parts, anchors: Sequence[Anchor]) -> Verdict:
    """KW103 for an anchor that differs in letter case alone, else KW102."""
    fragment = parts.fragment
    where = "this file" if place == source else parts.path
    known = sorted({a[0] for a in anchors if a[1] not in NON_FRAGMENT_KINDS and a[0]})
    lower = fragment.lower()
    same: list[str] = [name for name in known if name.lower() == lower]
    if len(same) == 1:
        replacement = with_fragment(fact, same[0])
        message = f'anchor "{fragment}" is spelled "{same[0]}" in {where}'
        return Verdict("broken", place, fragment, "KW103", message, f'write "{replacement}"', replacement, True)
    from kwlint.links.suggest import suggested_anchor

    best = suggested_anchor(fragment, known)
    guess = with_fragment(fact, best) if best else None
    hint = f'did you mean "{best}"?' if best else ""
    return Verdict("broken", place, fragment, "KW102", f'no heading "{fragment}" in {where}', hint, guess)


def with_fragment(fact: LinkFact, name: str) -> str:
    """The target as written, with another fragment."""
    plain = fact.target == fact.url or ("\\" not in fact.target and "&" not in fact.target)
    path, _, old = (fact.target if plain else fact.url).partition("#")
    return f"{path}#{encoded(name, old, fact.kind)}"


class MemoryTree:
    """A tree of values: for tests, and for asking "what if"."""

    def __init__(
        self, files: Sequence[str], anchors: dict[str, tuple[Anchor, ...]] | None = None, untracked: Sequence[str] = ()
    ) -> None:
        from kwlint.repo.path_index import PathIndex

        listing = PathIndex(files)
        self.exists = listing.exists
        self.is_folder = listing.is_folder
        self.spelled = listing.spelled
        self.near = listing.near
        self._anchors = anchors or {}
        self._called = aliases_of(self._anchors.items())
        self._untracked = frozenset(untracked)

    def anchors(self, path: str) -> tuple[Anchor, ...] | None:
        """See `Tree`."""
        return self._anchors.get(path)

    def on_disk(self, path: str) -> bool:
        """See `Tree`."""
        return path in self._untracked

    def called(self, name: str) -> Sequence[str]:
        """See `Tree`."""
        from kwlint.repo.path_index import folded

        return self._called.get(folded(name), ())


def aliases_of(anchors: Iterable[tuple[str, Sequence[Anchor]]]) -> dict[str, tuple[str, ...]]:
    """The sources that have each alias, folded, sorted; `anchors` are those of sources, by path."""
    from kwlint.repo.path_index import folded, grouped

    return grouped((folded(name), path) for path, offered in anchors for name, kind, *_ in offered if kind == "alias")
