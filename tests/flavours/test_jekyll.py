"""Jekyll."""

from __future__ import annotations

from link_lab import check, outcomes


def test_jekyll() -> None:
    files = {
        "docs/_config.yml": "baseurl: /base\n",
        "docs/index.md": "# Home -- page\n",
        "docs/guide.md": "# Guide\n{: #own}\n",
        "docs/page.html": "",
        "README.md": "",
    }
    here = "docs/guide.md"
    check(files, {
        (here, "index.md#home--page"): "docs/index.md",
        (here, "index.html"): "docs/index.md",
        (here, "/base/guide"): here,
        (here, "/other/"): "undecidable",
        (here, "{{ site.baseurl }}/x"): "undecidable",
        (here, "{% link index.md %}"): "docs/index.md",
        (here, "{% link gone.md %}"): "KW101",
        (here, '{{ "/guide" | relative_url }}'): here,
        (here, "{{ '/guide#gone' | relative_url }}"): "KW102",
        (here, "{{ '/guide' | relative_url }}#own"): here,
        (here, "{{ page.x | relative_url }}"): "undecidable",
        (here, "gone.md"): "KW101",
        (here, "gone.html"): "undecidable",
        (here, "page.html"): "docs/page.html",
    })  # fmt: skip


def test_jekyll_finds_documents_of_collections_by_their_permalinks() -> None:
    files = {
        "_config.yml": "collections:\n  docs:\n    permalink: /:collection/:path/\n  notes: {output: true}\n"
        "  posts:\n    permalink: /news/:year/:title/\n",
        "_docs/variables.md": "# Variables\n",
        "_docs/sub/one.md": "# One\n",
        "_notes/n.md": "# N\n",
        "index.md": "",
    }
    check(files, {
        ("index.md", "/docs/variables/"): "_docs/variables.md",
        ("index.md", "/docs/variables/#gone"): "KW102",
        ("index.md", "/docs/sub/one"): "_docs/sub/one.md",
        ("index.md", "/notes/n.html#n"): "_notes/n.md",
        ("index.md", "/docs/gone/"): "undecidable",
        ("index.md", "/news/2020/x/"): "undecidable",
    })  # fmt: skip


def test_jekyll_tags_name_files() -> None:
    files = {
        "_config.yml": "baseurl: /base",
        "a.md": (
            "[1]({% link b.md %}#b) [2]({% link b.md %}#no) [3]({% link gone.md %}) [4]({% post_url 2020-01-01-x %})"
            " [5]({% post_url 2020-01-01-y %}) {% link css/x.css %} {% include_relative part.md %}"
            " [6]({{ site.baseurl }}{% link b.md %}) [7]({{ site.baseurl }}/b) [8]({{ page.url }}/b)\n"
        ),
        "b.md": "# B\n",
        "part.md": "",
        "css/x.css": "",
        "_posts/2020-01-01-x.md": "",
    }
    assert outcomes(files, "a.md") == {
        "{% link b.md %}#b": "b.md", "{% link b.md %}#no": "KW102", "{% link gone.md %}": "KW101",
        "{% post_url 2020-01-01-x %}": "_posts/2020-01-01-x.md", "{% post_url 2020-01-01-y %}": "KW101",
        "css/x.css": "css/x.css", "part.md": "part.md", "{{ site.baseurl }}{% link b.md %}": "b.md",
        "{{ site.baseurl }}/b": "b.md", "{{ page.url }}/b": "undecidable",
    }  # fmt: skip
