"""The keys of the incremental engine: what is kept, what computes it, and in which order.

A *key* is a pair of a kind and a name. Kinds are of three sorts:

- *Inputs* come from the snapshot of the repository; the engine marks them as changed.
- *Tasks* are computations. They run in the order of their numbers, so a task reads only what lower tasks have written.
- *Values* are what a task writes. A *collection* is a value with one row per contributing task.

A task records every key that it reads. Where a value changes, the tasks that read it become dirty; where it is written
again unchanged, nothing does (early cut-off). The idea is that of salsa (https://salsa-rs.github.io/salsa/); the
numbers take the place of its call stack.
"""

from __future__ import annotations

Key = tuple[int, str]

# --- inputs
CONTENT = 1  # of a path: the token that the snapshot has for it
EXISTS = 2  # of a path: whether it is in the snapshot
DIRECTORY = 3  # of a folder: which files are below it
PATHS = 4  # the set of all paths; its name is ""
IGNORE_RULES = 5  # the contents of all .gitignore files; its name is ""
ON_DISK = 6  # of a path outside git's sight: whether it exists
BYTES_ON_DISK = 7  # of a path outside git's sight: the id of its content

# --- tasks, in the order in which they run
SUMMARY = 20  # of a document: facts, and the part of them that other documents depend on
RESOLUTION = 21  # of a document: its links resolved, and its problems
FOLDER_SUMMARY = 22  # of a folder: the line on it in the folder above; the deepest folders first
ENTRY = 23  # of a term: its line in the A–Z index, and the parts of the index whose lines changed
OWN_PAGES = 24  # of a document: its own pages
FOLDER_PAGES = 25  # of a folder: its pages
COMPARISON = 26  # of a page's path: what is expected against what is there
TASKS = (SUMMARY, RESOLUTION, FOLDER_SUMMARY, ENTRY, OWN_PAGES, FOLDER_PAGES, COMPARISON)

# --- values, with the task that writes them
FACTS = 40  # SUMMARY: the key of the document's facts
ANCHORS = 41  # SUMMARY
LINKS = 42  # SUMMARY: what resolving the links takes
SUPPRESSIONS = 43  # SUMMARY
READ_ERROR = 44  # SUMMARY: why the document could not be read
POSTINGS = 45  # SUMMARY: a digest of the document's postings, for pages made from those of many documents
PROBLEMS = 46  # RESOLUTION
UNDECIDED = 47  # RESOLUTION: the number of links that cannot be decided
OUTGOING = 48  # RESOLUTION: the files that the document links to
PAGE = 49  # OWN_PAGES, FOLDER_PAGES, ENTRY: kind, source and blob id of the page that is expected at a path
PAGE_PROBLEM = 50  # COMPARISON
DOCUMENT = 51  # SUMMARY: 1 where the file is a document
UNAVAILABLE = 52  # SUMMARY: why git does not have the document's content

# --- collections, with the task that contributes to them
DOCUMENTS = 60  # of a folder, SUMMARY: what its pages show of each document
ALIAS = 61  # of a folded name, SUMMARY: the documents that have it as an alias
TERM = 62  # of a term, SUMMARY: the postings of each document
INBOUND = 63  # of a file, RESOLUTION: the documents that link to it
SUBFOLDERS = 64  # of a folder, FOLDER_SUMMARY: the line on each folder in it
STEM = 65  # of a stem, ENTRY: the line of each term

# Reads that follow from the keys: these tasks read the value under their own name. They need no recorded edge.
READERS_OF_SAME_NAME: dict[int, tuple[int, ...]] = {
    CONTENT: (SUMMARY, COMPARISON),
    LINKS: (RESOLUTION,),
    DOCUMENTS: (FOLDER_SUMMARY, FOLDER_PAGES),
    SUBFOLDERS: (FOLDER_SUMMARY, FOLDER_PAGES),
    TERM: (ENTRY,),
    FACTS: (OWN_PAGES,),
    PAGE: (COMPARISON,),
}
