"""Resolve links: whether a target exists, is broken, or cannot be decided from the repository alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kwlint.flavours import Flavours
from kwlint.flavours.anchors import NON_FRAGMENT_KINDS
from kwlint.flavours.base import Flavour, LinkRequest, Resolution
from kwlint.flavours.paths import folder_of, is_partial, relative_path, suffix_of
from kwlint.links.target import TargetParts, split_target, split_written, with_fragment, with_path, with_spelling
from kwlint.links.tree import LinkTree
from kwlint.model.facts import Anchor, LinkFact
from kwlint.text.lazy_regex import expression


class LinkResult(NamedTuple):
    """The result of resolving a link.

    `status` is `right`, `broken`, `undecidable`, or `external` (another site, or a reference: its definition is checked
    instead). `path` is the file or folder that the link leads to; of a broken one, where its file exists in another
    spelling, is untracked, or lacks the anchor.

    For a broken link, `failure` says what is wrong:

    | `failure` | `name` | `actual` |
    | --- | --- | --- |
    | `missing-file`, `missing-image` | the path | |
    | `misdirected`: no path of this form leads to the document | the path | the document |
    | `missing-anchor` | the path; empty for the source itself | |
    | `wrong-case` | the path | the existing path |
    | `wrong-case-anchor` | the path; empty for the source itself | the existing anchor |
    | `untracked`, `outside-repository` | the path | |
    | `empty`: there is no target | | |

    `suggestion` is the name or target to suggest to the user, `replacement` the whole target that a fix writes; the fix
    is `safe` if only one is possible. `rename` names what git's history shows as the cause: `source-moved`,
    `file-renamed`, `heading-renamed`, or empty.
    """

    status: str
    path: str = ""
    fragment: str = ""
    failure: str = ""
    name: str = ""
    actual: str = ""
    suggestion: str = ""
    replacement: str | None = None
    safe: bool = False
    rename: str = ""


EXTERNAL = LinkResult("external")
UNDECIDABLE = LinkResult("undecidable")
_WRITTEN_URLS = frozenset(("inline", "definition", "html"))  # kinds of links whose targets are URLs
_BEST_FIRST = ("right", "undecidable", "broken")
MOST_INCLUDES = 200  # documents that are followed from one

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//|\\\\").match
_TEMPLATE = expression(
    r"\{\{|\{%|\$\{|\{#|<%|%%|\$\(|__[A-Z]+(?:_[A-Z]+)*__|\{[A-Za-z_][\w.:-]*\}|\$[A-Z_]{3}"
    r"|\A[A-Z]+(?:_[A-Z]+)*_(?:URL|LINK|HREF)\Z"
).search
# A target that starts like a host name probably lacks its scheme.
_HOST = re.compile(r"www\.[\w-]+\.\w|[\w-]+\.(?:com|org|net|io|dev|edu|gov)(?:/|\Z)", re.IGNORECASE).match
_OTHER_MEDIA = frozenset((".mp4", ".webm", ".mov", ".ogv", ".mp3", ".ogg", ".wav", ".m4a", ".pdf", ".vtt", ".html"))
# Fragments that need no anchor: the top of the page, text fragments, source lines, positions in media and PDF files,
# the theme of an image, and fragments that a script on the page handles.
_ANCHORLESS = expression(
    r"(?:[Tt][Oo][Pp]|:~:.*|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|(?:t|page|xywh)=.*|gh-(?:dark|light)-mode-only"
    r"|only-(?:dark|light)|tab/.*|[!/].*|.*:~:text=.*)\Z",
    re.DOTALL,
).match


def resolve_link(source: str, fact: LinkFact, flavours: Flavours, tree: LinkTree) -> LinkResult:
    """Resolve one link of the source at `source`."""
    result = _resolve(source, fact, flavours, tree)
    # The target of a reference is in its definition, which is checked, reported and fixed there.
    return EXTERNAL if fact.kind == "reference" and result.status == "broken" else result


def _resolve(source: str, fact: LinkFact, flavours: Flavours, tree: LinkTree) -> LinkResult:
    url = fact.url
    if not url and _lacks_target(fact):
        return LinkResult("broken", failure="empty")
    if url.startswith("#"):
        return _resolve_fragment(source, source, fact, split_target(url), flavours, tree)
    if fact.kind == "autolink":
        return EXTERNAL
    if _SCHEME(url) or _is_template(url):
        rewritten = flavours.of(source).rewrite_target(source, url)
        if rewritten is None:
            return UNDECIDABLE if _is_template(url) else EXTERNAL
        return _resolve_rewritten(source, fact, rewritten, flavours, tree) if rewritten else UNDECIDABLE
    directive = fact.element if fact.kind == "directive" else ""
    return _resolve_target(source, fact, directive, flavours, tree)


def _lacks_target(fact: LinkFact) -> bool:
    """Report whether a link with an empty target was meant to have one: an image, or a link with a text. `[](){#id}`
    is an anchor of Python-Markdown, and an empty `href` leads to the page itself."""
    return fact.kind == "inline" and (fact.image or any(map(str.isalnum, fact.text)))


def _resolve_rewritten(source: str, fact: LinkFact, target: str, flavours: Flavours, tree: LinkTree) -> LinkResult:
    """Resolve the target that a template tag or a scheme stands for, and put the replacement into the tag."""
    result = _resolve_target(source, fact._replace(target=target, url=target), "named", flavours, tree)
    if result.replacement is None:
        return result
    for old, new in ((target, result.replacement), (target.lstrip("/"), result.replacement.lstrip("/"))):
        if old and fact.target.count(old) == 1 and ("%" in old or "%" not in new):  # tags take names as they are
            suggestion = result.suggestion.replace(result.replacement, new)
            return result._replace(replacement=fact.target.replace(old, new), suggestion=suggestion)
    return result._replace(replacement=None, safe=False)


def _resolve_target(source: str, fact: LinkFact, directive: str, flavours: Flavours, tree: LinkTree) -> LinkResult:
    flavour, parts = flavours.of(source), split_target(fact.url)
    if not parts.path:
        return _resolve_fragment(source, source, fact, parts, flavours, tree)
    request = LinkRequest(source, parts.path, fact.kind == "html", fact.image, directive, bool(parts.fragment))
    resolution = flavour.resolve(request)
    for path in () if resolution.levels_above else resolution.paths:
        if tree.exists(path) or tree.is_folder(path):
            if _has_other_permalink(path, request, flavour, tree):
                return UNDECIDABLE
            if not parts.has_fragment:
                return LinkResult("right", path)
            return _resolve_fragment(source, path, fact, parts, flavours, tree)
    if resolution.versions and (versions := _existing(resolution.versions, tree)):
        results = [_resolve_fragment(source, path, fact, parts, flavours, tree) for path in versions]
        return min(results, key=lambda result: _BEST_FIRST.index(result.status))
    if document := next((path for path in resolution.misdirected if tree.exists(path)), ""):
        if any(_has_other_permalink(path, request, flavour, tree) for path in (document, source)):
            return UNDECIDABLE
        return _misdirected(fact, parts, request, document)
    path = _search(request, flavour, tree) or _find_alias(request, flavour, tree)
    if path:
        return _resolve_fragment(source, path, fact, parts, flavours, tree)
    result = _not_found(fact, parts, request, resolution, flavour, tree)
    if result.failure == "wrong-case" and parts.fragment and result.replacement and fact.target == fact.url:
        return _with_anchor_case(source, fact, result, flavours, tree)
    return result


def _with_anchor_case(
    source: str, fact: LinkFact, result: LinkResult, flavours: Flavours, tree: LinkTree
) -> LinkResult:
    """Return a result for a path with wrong letter case that also corrects the letter case of the anchor."""
    replacement = result.replacement or ""
    after = resolve_link(source, fact._replace(target=replacement, url=replacement), flavours, tree)
    if after.failure == "wrong-case-anchor" and after.replacement:
        return result._replace(replacement=after.replacement, suggestion=after.suggestion)
    return result


def _has_other_permalink(path: str, request: LinkRequest, flavour: Flavour, tree: LinkTree) -> bool:
    """Report whether front matter gives the document at `path` another URL than the one requested."""
    if (
        not flavour.permalink_keys
        or suffix_of(request.path) in flavour.suffixes
        or suffix_of(path) not in flavour.suffixes
    ):
        return False
    permalinks = [anchor[0] for anchor in tree.anchors(path) or () if anchor[1] == "address"]
    return bool(permalinks) and not any(_page_name(link) == _page_name(request.path) for link in permalinks)


def _page_name(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].removesuffix(".html")


def _search(request: LinkRequest, flavour: Flavour, tree: LinkTree, unique: bool = False) -> str:
    """Return the file whose path ends as requested, in a flavour that searches for it; empty if there is none, or, if
    it has to be `unique`, more than one."""
    suffix = flavour.searched_suffix(request)
    if not suffix:
        return ""
    from kwlint.repo.path_index import folded

    suffix, root = folded(suffix), f"{flavour.root}/".lstrip("/")
    similar = tree.similar(suffix[1:])
    matches = [path for path in similar if path.startswith(root) and folded(f"/{path}").endswith(suffix)]
    matches.sort(key=lambda path: (path.count("/"), path))
    return matches[0] if matches and not (unique and len(matches) > 1) else ""


def _find_alias(request: LinkRequest, flavour: Flavour, tree: LinkTree) -> str:
    """Return the first document below the flavour's root with the requested path as an alias."""
    root = f"{flavour.root}/".lstrip("/")
    documents = tree.with_alias(request.path) if flavour.aliases else ()
    return next((path for path in documents if path.startswith(root)), "")


def _with_label(name: str, flavour: Flavour, tree: LinkTree) -> str:
    """Return the first document below the flavour's root that defines the label, if labels hold for the project."""
    root = f"{flavour.root}/".lstrip("/")
    documents = tree.with_alias(name) if flavour.project_labels else ()
    return next((path for path in documents if path.startswith(root)), "")


def _existing(paths: Sequence[str], tree: LinkTree) -> list[str]:
    """Return those of `paths` that exist, in their real spelling."""
    variants = ((path,) if tree.exists(path) else tree.case_variants(path) for path in paths)
    return [path for group in variants for path in group if tree.exists(path)]


def _is_template(url: str) -> bool:
    return ("{" in url or "%" in url or "$" in url or "_" in url) and _TEMPLATE(url) is not None


# --- the path -----------------------------------------------------------------------------------------------------


def _not_found(
    fact: LinkFact, parts: TargetParts, request: LinkRequest, resolution: Resolution, flavour: Flavour, tree: LinkTree
) -> LinkResult:
    """Return the result for a path that leads to no file or folder."""
    if resolution.generated:
        return LinkResult("right", "", parts.fragment)
    if resolution.levels_above:
        return _above_root(parts, resolution, flavour)
    if fact.kind in _WRITTEN_URLS and (replacement := _certain_slip(fact, parts, request, flavour, tree)):
        return LinkResult(
            "broken", "", parts.fragment, "missing-file", parts.path, suggestion=replacement, replacement=replacement
        )
    if not _is_decidable(request, resolution, flavour, tree):
        return UNDECIDABLE
    for path in resolution.paths:
        variants = tree.case_variants(path)
        if len(variants) == 1:
            return _wrong_case(fact, parts, path, variants[0])
    if any(map(tree.is_ignored, resolution.paths)):
        return UNDECIDABLE  # a build makes it
    for path in resolution.paths:
        if tree.is_untracked(path):
            return LinkResult("broken", path, parts.fragment, "untracked", parts.path)
    from kwlint.links.suggest import suggested_path

    best = suggested_path(resolution.paths[0], tree.similar(resolution.paths[0]))
    replacement = rewritten_target(request, fact, best, flavour, tree) if best else None
    is_image = fact.image and fact.kind != "directive" and suffix_of(parts.path) not in _OTHER_MEDIA
    failure = "missing-image" if is_image else "missing-file"
    return LinkResult(
        "broken", "", parts.fragment, failure, parts.path, suggestion=replacement or "", replacement=replacement
    )


def _certain_slip(
    fact: LinkFact, parts: TargetParts, request: LinkRequest, flavour: Flavour, tree: LinkTree
) -> str | None:
    """Return what a target should be that is wrong under all flavours: an address without its scheme, or a path with
    the separators of Windows. None for another target."""
    if "\\" in parts.path:
        path = parts.path.replace("\\", "/")
        resolution = flavour.resolve(request._replace(path=path))
        if not resolution.levels_above and any(tree.exists(one) or tree.is_folder(one) for one in resolution.paths):
            return with_path(fact, path)
    if not _HOST(parts.path):
        return None
    from kwlint.links.suggest import suggested_path

    wanted = next(iter(flavour.resolve(request).paths), parts.path)
    return None if suggested_path(wanted, tree.similar(wanted)) else f"https://{fact.target}"


def _is_decidable(request: LinkRequest, resolution: Resolution, flavour: Flavour, tree: LinkTree) -> bool:
    """Report whether a path that leads to no file is certainly broken."""
    if resolution.decidable is False or not resolution.paths:
        return False
    if not flavour.partials_relative and is_partial(request.source):
        return False
    return resolution.decidable is not None or tree.is_folder(folder_of(resolution.paths[0]))


def _misdirected(fact: LinkFact, parts: TargetParts, request: LinkRequest, document: str) -> LinkResult:
    """Return the result for a path in a form that does not lead to the document that it names."""
    replacement = None
    if not request.from_html:  # raw HTML needs the URL of the page
        replacement = with_path(fact, relative_path(folder_of(request.source), document))
    return LinkResult("broken", "", parts.fragment, "misdirected", parts.path, document, replacement or "", replacement)


def _above_root(parts: TargetParts, resolution: Resolution, flavour: Flavour) -> LinkResult:
    """Return the result for a path that leaves the repository, which may lead to a page of the git host."""
    first = (resolution.paths[0] if resolution.paths else "").partition("/")[0]
    is_repository_page = resolution.levels_above == 2 and first in flavour.host_pages
    is_other_repository = resolution.levels_above > 2 and "." not in first and bool(flavour.host_pages)
    if is_repository_page or is_other_repository:
        return EXTERNAL
    if resolution.decidable is not True:
        return UNDECIDABLE
    return LinkResult("broken", "", parts.fragment, "outside-repository", parts.path)


def _wrong_case(fact: LinkFact, parts: TargetParts, path: str, real: str) -> LinkResult:
    replacement = with_spelling(fact, path, real)
    return LinkResult(
        "broken", real, parts.fragment, "wrong-case", parts.path, real, replacement or "", replacement,
        bool(replacement),
    )  # fmt: skip


def rewritten_target(request: LinkRequest, fact: LinkFact, path: str, flavour: Flavour, tree: LinkTree) -> str | None:
    """Return the target rewritten to lead to `path`, in the style of the original; None if the flavour has no spelling
    that leads there."""
    written = split_written(fact)[0]
    for style in flavour.spellings(request, path):
        # A slash behind the name of a file leads nowhere.
        spelling = style.rstrip("/") if style.endswith(f"{path.rpartition('/')[2]}/") and tree.exists(path) else style
        respelled = request._replace(path=spelling)
        resolution = flavour.resolve(respelled)
        hit = next((p for p in resolution.paths if tree.exists(p) or tree.is_folder(p)), "")
        hit = hit or _search(respelled, flavour, tree, unique=True)
        if hit and not resolution.levels_above and path in (hit, shown_document(hit, flavour, tree)):
            return with_path(fact, spelling, written)
    return None


def shown_document(path: str, flavour: Flavour, tree: LinkTree) -> str:
    """Return the document that is shown for `path`: of a folder its index, empty if it has none; otherwise `path`."""
    if tree.exists(path) or not tree.is_folder(path):
        return path
    return next((index for index in flavour.index_documents(path) if tree.exists(index)), "")


# --- the fragment -------------------------------------------------------------------------------------------------


def _resolve_fragment(
    source: str, path: str, fact: LinkFact, parts: TargetParts, flavours: Flavours, tree: LinkTree
) -> LinkResult:
    """Return the result for a link whose path leads to `path`."""
    fragment = parts.fragment
    right = LinkResult("right", path, fragment)
    if not fragment or fact.image or _ANCHORLESS(fragment):
        return right
    flavour, document = flavours.of(path), path
    anchors = tree.anchors(path)
    if anchors is None and tree.is_folder(path):
        flavour = flavours.of(f"{path}/")
        document = next((index for index in flavour.index_documents(path) if tree.exists(index)), "")
        anchors = tree.anchors(document) if document else None
    if anchors is None or flavour.has_page_fragment(document, fragment):
        return right
    names = flavour.fragment_candidates(fragment)
    if not anchor_names(anchors).isdisjoint(names) or _has_raw_fragment(anchors, fact.url.partition("#")[2]):
        return right
    if _TEMPLATE(fragment):
        return UNDECIDABLE
    included = _included_anchors(document, anchors, flavours, tree)
    if included is None or not flavour.is_decidable(path, parts.path, fragment):
        return UNDECIDABLE
    if any(not anchor_names(more).isdisjoint(names) for more in included):
        return right
    if not parts.path and (labelled := _with_label(fragment, flavour, tree)):
        return LinkResult("right", labelled, fragment)
    known = [anchor for group in (anchors, *included) for anchor in group]
    if flavour.may_have_anchor(fragment, known):
        return UNDECIDABLE
    return _anchor_not_found(source, path, fact, parts, known)


def _has_raw_fragment(anchors: Sequence[Anchor], fragment: str) -> bool:
    """Report whether the fragment as written, undecoded or with GitHub's `user-content-` prefix, is an anchor."""
    names = anchor_names(anchors)
    return fragment in names or (fragment.startswith("user-content-") and fragment[13:] in names)


def _included_anchors(
    document: str, anchors: Sequence[Anchor], flavours: Flavours, tree: LinkTree
) -> list[tuple[Anchor, ...]] | None:
    """Return the anchors of all documents that `document` includes, directly or not; None if some are unknown."""
    included: list[tuple[Anchor, ...]] = []
    visited = {document}
    queue: list[tuple[str, Sequence[Anchor]]] = [(document, anchors)]
    while queue:
        path, offered = queue.pop()
        for anchor in offered:
            if anchor[1] == "open":
                return None
            if anchor[1] != "include":
                continue
            request = LinkRequest(path, split_target(anchor[0]).path, directive="include")
            partial = next((p for p in flavours.of(path).resolve(request).paths if tree.exists(p)), "")
            if partial in visited:
                continue
            visited.add(partial)
            more = tree.anchors(partial) if partial else None
            if more is None or len(visited) > MOST_INCLUDES:
                return None
            included.append(more)
            queue.append((partial, more))
    return included


_NAMES: dict[int, tuple[Sequence[Anchor], frozenset[str]]] = {}


def anchor_names(anchors: Sequence[Anchor]) -> frozenset[str]:
    """Return the names of the anchors. Cached by identity, because many links lead to one document."""
    cached = _NAMES.get(id(anchors))
    if cached is None or cached[0] is not anchors:
        if len(_NAMES) >= 512:
            _NAMES.clear()
        cached = _NAMES[id(anchors)] = (anchors, frozenset(a[0] for a in anchors if a[1] not in NON_FRAGMENT_KINDS))
    return cached[1]


def _anchor_not_found(
    source: str, path: str, fact: LinkFact, parts: TargetParts, anchors: Sequence[Anchor]
) -> LinkResult:
    fragment, name = parts.fragment, "" if path == source else parts.path
    names = sorted({anchor[0] for anchor in anchors if anchor[1] not in NON_FRAGMENT_KINDS and anchor[0]})
    variants: list[str] = [other for other in names if other.lower() == fragment.lower()]
    if len(variants) == 1:
        replacement = with_fragment(fact, variants[0])
        return LinkResult(
            "broken", path, fragment, "wrong-case-anchor", name, variants[0], replacement, replacement, True
        )
    from kwlint.links.suggest import suggested_anchor

    best = suggested_anchor(fragment, names)
    guess = with_fragment(fact, best) if best else None
    return LinkResult("broken", path, fragment, "missing-anchor", name, suggestion=best, replacement=guess)
