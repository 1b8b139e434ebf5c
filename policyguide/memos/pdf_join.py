"""Two tagged PDF files as one: pages, tags, bookmarks, and links between them.

The body of a memo is the same for all firms that are alike, so it is typeset once. Here
each firm's own opening comes before it.
"""

from urllib.parse import unquote

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

ELSEWHERE = "memo:#"  # how a part links to a place that is not laid out with it


class NoSuchPlace(ValueError):
    """A link that leads nowhere; the argument is the name it asks for."""


def put_before(pdf: Pdf, opening: Pdf) -> None:
    """Let the file begin with the pages of another. Raises `NoSuchPlace`."""
    _lead_to_places(opening, in_file=pdf)
    _number_tags_after(pdf, opening)
    for number, page in enumerate(opening.pages):
        pdf.pages.insert(number, page)
    # Copied now, tags and bookmarks refer to the pages as they are in this file.
    _put_tags_before(pdf, pdf.copy_foreign(opening.Root.StructTreeRoot))
    if Name.Outlines in opening.Root:
        _put_bookmarks_before(pdf, pdf.copy_foreign(opening.Root.Outlines))


def _lead_to_places(opening: Pdf, *, in_file: Pdf) -> None:
    """Make links to elsewhere links to a named place."""
    places = _places(in_file)
    for page in opening.pages:
        for link in page.get(Name.Annots, ()):
            address = str(link.A.URI) if Name.A in link else ""
            if address.startswith(ELSEWHERE):
                place = unquote(address.removeprefix(ELSEWHERE))
                if place not in places:
                    raise NoSuchPlace(place)
                del link.A
                link.Dest = link.Contents = String(place)


def _places(pdf: Pdf) -> frozenset[str]:
    names = pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    return frozenset(map(str, names.Names[::2])) if names else frozenset()


def _number_tags_after(pdf: Pdf, opening: Pdf) -> None:
    """Give pages and links numbers, by which they find their tags, that are free."""
    taken = int(pdf.Root.StructTreeRoot.ParentTree.Nums[-2]) + 1
    for page in opening.pages:
        page.obj.StructParents += taken
        for link in page.get(Name.Annots, ()):
            link.StructParent += taken
    numbers = opening.Root.StructTreeRoot.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        numbers[at] += taken


def _put_tags_before(pdf: Pdf, tags: Object) -> None:
    tree = pdf.Root.StructTreeRoot
    tree.ParentTree.Nums.extend(tags.ParentTree.Nums)
    for element in tags.K[0].K:
        element.P = tree.K[0]
    tree.K[0].K = Array([*tags.K[0].K, *tree.K[0].K])


def _put_bookmarks_before(pdf: Pdf, bookmarks: Object) -> None:
    if Name.Outlines not in pdf.Root:
        pdf.Root.Outlines = bookmarks
        return
    all_of_them = pdf.Root.Outlines
    bookmark: Object | None = bookmarks.First
    while bookmark is not None:
        bookmark.Parent = all_of_them
        bookmark = bookmark.get(Name.Next)
    bookmarks.Last.Next, all_of_them.First.Prev = all_of_them.First, bookmarks.Last
    all_of_them.First = bookmarks.First
    all_of_them.Count += bookmarks.Count
