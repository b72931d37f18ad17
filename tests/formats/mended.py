"""How each unreadable piece of the broken samples is mended."""

#: What stands above each row of the tables.
TABLE = "|Date|Title|Authors|PDF|\n|---|---|---|---|\n"

#: By the beginning of each piece, or of a line of it, what it is mended to; `{}` is the piece itself.
MENDED = {
    "abstract-page": {
        "[Submitted on 3 Mar 2025]": "{}\nTitle:A Title Found Again",
        "[Submitted on 5 Mar 2025]": "{}\nAbstract:What was behind it.",
        "[Submitted on 6 Mar 2025]": "[Submitted on 6 Mar 2025]\nTitle:Written Anew\nAbstract:And its abstract.",
    },
    "arxiv-api": {
        "<entry>\n    <id>http://arxiv.org/abs/2503.00002v1": "<entry><title>A Title Found Again</title></entry>",
        "<entry>\n    <id>http://arxiv.org/abs/2503.00003v1": "{}</entry>",
        "<entry>\n    <id>http://arxiv.org/abs/2503.00005v1": "{}ere.</summary></entry>",
    },
    "arxiv-feed": {
        '<item rdf:about="http://arxiv.org/abs/1907.00002': "<item><title>A Title Found Again</title></item>",
        '<item rdf:about="http://arxiv.org/abs/1907.00003': "{}</item>",
        '<item rdf:about="http://arxiv.org/abs/1907.00005': "{}ere.</description></item>",
    },
    "arxiv-listing": {
        "\\\\\nPaper: cond-mat/96O5002": "\\\\\nPaper: cond-mat/9605002\n\nTitle: An Id without a Letter in It\n\\\\",
        "\\\\\nPaper: cond-mat/9605003": "\\\\\nPaper: cond-mat/9605003\n\nTitle: A Title Found Again\n\\\\",
        "\\\\\nPaper: cond-mat/9605004": "{} Doctor\n\\\\",
    },
    "arxiv-mail": {
        "\\\\\narXiv:25O3.00021": (
            "\\\\\narXiv:2503.00021\n\nTitle: An Id without a Letter in It\n\\\\\n  It is a zero.\n\\\\ ( here )"
        ),
        "\\\\\nDate: Tue, 4 Mar 2025 08:16:00": (
            "\\\\\narXiv:2503.00022\n\nTitle: A Paper with its First Line\n\\\\\n  Somebody wrote it again.\n\\\\"
        ),
        "\\\\\narXiv:2503.00024": "\\\\\narXiv:2503.00024\n\nTitle: A Title Found Again\n\\\\\n  Its abstract.\n\\\\",
        "\\\\\narXiv:2503.00025": "{}da Founder\n\\\\ ( https://arxiv.org/abs/2503.00025 ,  8kb)",
    },
    "arxiv-metadata": {
        '{"id":"2503.00002"': '{"id":"2503.00002","title":"With a title","abstract":"  A paper without a title.\\n"}',
        '{"id":"2503.00003"': '{"id":"2503.00003","title":"A list"}',
        '{"id":"2503.00004"': '{"id":"2503.00004","title":"A line that goes on"}',
    },
    "bibtex": {
        "@article{lost": "@article{lost, title = {A Brace That Closes}}",
        "@article{untitled": "@article{titled, title = {A Title Found Again}}",
        "@article{twice": "@article{once, title = {A Brace Fewer}, year = {2025}}",
        "@article{empty": "@article{full, title = {Words}}",
    },
    "bulleted-list": {
        "- **A Title Without": "# Tea time\n## Kettles\n- **A Title With a Link**, https://arxiv.org/abs/2503.00009",
        "- [](https": "# Tea time\n## Kettles\n- [Named at Last](https://arxiv.org/abs/2503.00002)",
        "- Bring biscuits": "# Tea time\n## Umbrellas\n- [Biscuits](https://biscuits.example/paper)",
    },
    "csl-json": {
        '{\n    "type": "article-journal"': '{"title": "With a title", "DOI": "10.1000/untitled"}',
        '{\n    "type": "book"': '{"title": "A quote is found", "issued": {"date-parts": [[2025]]}}',
        '{\n    "type": "chapter"': '{"title": "Words"}',
    },
    "csv": {
        "title,authors,abstract,year\n,Ben": "title,authors,abstract,year\nWith one,Ben Bystander,A title.,2025",
        "title,authors,abstract,year\nOne": 'title,authors,abstract,year\nOne less,Cleo,"A comma, quoted",2025',
        'title,authors,abstract,year\n"Never': "title,authors,abstract,year\nClosed,Ada Author,It ends,2025",
        'title,authors,abstract,year\n"At': "title,authors,abstract,year\nAt the end,Ada Author,It ends,2025",
    },
    "endnote-xml": {
        "<record><rec-number>2<": "<record><titles><title>Found again</title></titles></record>",
        "<record><rec-number>3<": "{}</record>",
        "<record><rec-number>4<": "<record><titles><title>Words</title></titles></record>",
        "<record><rec-number>5<": "{}</title></titles></record>",
    },
    "feed": {
        "<entry>\n    <title type": "<entry><title>A Title Found Again</title></entry>",
        "<entry>\n    <title>An Entry That": "{}</entry>",
        "<entry>\n    <title>An Entry on": "{}ere.</summary></entry>",
    },
    "hf-api": {
        '{\n    "paper": {\n      "id": "2503.00041"': (
            '{"paper": {"id": "2503.00041", "title": "Found Again"}, "publishedAt": "2025-03-11T03:50:58.348Z"}'
        ),
        '{\n    "paper": {\n      "id": "2503.00043"': (
            '{"paper": {"id": "2503.00043", "title": "Quoted"}, "publishedAt": "2025-03-11T03:52:58.348Z"}'
        ),
        '"no object"': '{"paper": {"id": "2503.00044", "title": "One"}, "publishedAt": "2025-03-11T03:53:58.348Z"}',
    },
    "hf-mail": {
        '<a href="https://huggingface.co/papers/2503.00021': '<a href="https://hf.co/papers/2503.00021">One (1 ▲)</a>',
        '<a href="https://huggingface.co/papers/2503.00023': '<a href="https://hf.co/papers/2503.00023">Three</a>',
        '<a href="https://huggingface.co/papers/2503.00024': '<a href="https://hf.co/papers/2503.00024">Four (7 ▲)</a>',
    },
    "hf-page": {
        "An abstract whose title": "A Title Found Again\n\n{}",
        "A Title That Lost": "{}\n\nIts abstract, which was found behind the sofa.",
        "A Title at the Very End": "{}\n\nIts abstract, which stood on the next page.",
    },
    "hf-saved-html": {
        '"paper": {"id": "2503.00091"': '{"paper": {"id": "2503.00091", "title": "Found Again"}}',
        "null": '{"paper": {"id": "2503.00095", "title": "Something After All"}}',
        '"paper": {"id": "2503.00093"': '{"paper": {"id": "2503.00093", "title": "Quoted"}}',
        '"paper": {"id": "2503.00094"': '{}"}}',
    },
    "html-list": {
        "<p>Before all": "<h2>Somebody's</h2>\n{}",
        "<h2>A Heading": "{}\n<p>https://arxiv.org/abs/2503.00089</p>",
        "<h2>Too many": (
            '<h2><a href="https://arxiv.org/abs/2503.00083">This</a></h2>'
            '\n<h2><a href="https://arxiv.org/abs/2503.00084">That</a></h2>'
        ),
    },
    "json-list": {
        '{\n      "summary"': '{"title": "With a title", "summary": "A paper without a title."}',
        '{\n      "id"': '{"id": "2503.00003", "title": "A comma is found", "summary": "Between."}',
        '{\n      "title"': '{"title": "Words", "summary": "A title of nothing."}',
    },
    "jsonl": {
        '{"title": "A line that breaks': '{"title": "A line that goes on"}',
        '{"abstract"': '{"title": "With a title", "abstract": "A line without a title."}',
        '{"title": "   "}': '{"title": "Words"}',
        '{"title": "An identifier': '{"title": "An identifier that is one", "arxiv_id": "2503.00009"}',
        '{"title": "A date': '{"title": "A date that is one", "published": "2025-03-04"}',
        '{"title": ["A list"]}': '{"title": "A list"}',
        '["no"': '{"title": "An object"}',
        "no JSON": '{"title": "no JSON at all"}',
    },
    "labelled-blocks": {
        "PDF: ": "Title: Found Again\n{}",
        "These lines": "Title: These Lines\nSummary: They have a label.",
        "Title: Nothing": "{}\nSummary: Something else.",
    },
    "markdown-list": {
        "Before all": "## Somebody's\n\n{}",
        "## A Heading": "{}\n\nhttps://arxiv.org/abs/2503.00009",
        "## Too many": "## This\n\nhttps://arxiv.org/abs/2503.00002\n\n## That\n\nhttps://arxiv.org/abs/2503.00003",
    },
    "markdown-table": {
        "|2025-03-09|": f"# Tea time\n## Kettles\n{TABLE}|2025-03-09|Named at last|A. Author||",
        "|2025-03-08|": f"# Tea time\n## Umbrellas\n{TABLE}|2025-03-08|**Named too**|A. Author||",
        "|2025-03-07|": f"# Tea time\n## Umbrellas\n{TABLE}|2025-03-07|The end of it|A. Author||",
    },
    "nbib": {
        "PMID- 90000001": "{}\nTI  - A title found again.",
        "PMID- 90000003": "PMID- 90000003\nTI  - Words",
        "PMID- 90000004": "{}\nTT  - Ein Titel.",
    },
    "nep": {
        "2. A Title": "{}\nBy: Emil Engineer\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:22",
        "3.": "3. A Title Found Again\nBy: Ben Bystander\nDate: 2025-02",
        "4. One": (
            "4. One of Two Papers\nBy: Cem Companion\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:24\n\n"
            "5. The Other of Two Papers\nBy: Dora Doctor\nURL: http://d.repec.org/n?u=RePEc:abc:wpaper:25"
        ),
    },
    "oai-pmh": {
        "<record>\n<header><identifier>oai:archive.example:2": (
            "<record><metadata><dc><title>A Record in This Form</title></dc></metadata></record>"
        ),
        "<record>\n<header><identifier>oai:archive.example:3": (
            "<record><metadata><dc><title>Its Metadata</title></dc></metadata></record>"
        ),
        "<record>\n<header><identifier>oai:archive.example:4": "{}</oai_dc:dc></metadata></record>",
        "<record>\n<header><identifier>oai:archive.example:6": (
            "<record><metadata><dc><title>A Title Found Again</title></dc></metadata></record>"
        ),
    },
    "pubmed-xml": {
        "<PubmedArticle><MedlineCitation><PMID>2<": "<PubmedArticle><MedlineCitation><PMID>2</PMID><Article>"
        "<ArticleTitle>Found again</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
        "<PubmedArticle><MedlineCitation><PMID>3<": "{}</PubmedArticle>",
        "<PubmedBookArticle><BookDocument><PMID>4<": "<PubmedBookArticle><BookDocument><Book>"
        "<BookTitle>A title</BookTitle></Book></BookDocument></PubmedBookArticle>",
        "<PubmedArticle><MedlineCitation><PMID>5<": "{}</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
    },
    "ris": {
        "TY  - JOUR\nAU  - Author": "TY  - JOUR\nTI  - A Title Found Again\nER  - ",
        "AU  - Companion": "TY  - JOUR\nTI  - A Type Found Again\n{}",
        "TY  - BOOK": "{}\nT1  - Words",
    },
    "scholar-mail": {
        f'<h3><a href="https://example.org/{number}"': f'<h3><a href="x" class="gse_alrt_title">Title {number}</a></h3>'
        for number in ("lost", "label", "blank")
    },
    "topic-json": {
        '"2503.00009"': '{"Kettles": {\n"2503.00009": "|**2025-03-09**|**Named at last**|Ada Author|null|null|"\n}}',
        '"2503.00008"': '{"Umbrellas": {\n"2503.00008": "|**2025-03-08**|**A row after all**|Ben|null|null|"\n}}',
        '"2503.00007"': '{"Umbrellas": {\n"2503.00007": "|**2025-03-07**|**Found**|Ben|null|null|"\n}}',
    },
    "weekly-list": {
        "| 2) ****": "| 2) **Named at last** - and noted. | [Paper](https://arxiv.org/abs/2503.00009) |",
        "| 3) Nobody": "| 3) **Nobody** - parted it. | [Paper](https://arxiv.org/abs/2503.00008) |",
        "| 4) **A Row That": "| 4) **A Row That Goes On** - to its end. | [Paper](https://arxiv.org/abs/2503.00007) |",
    },
    "zotero-rdf": {
        '<bib:Article rdf:about="#item_2"': '<bib:Article rdf:about="#item_2"><dc:title>Found</dc:title></bib:Article>',
        '<bib:Book rdf:about="#item_3"': "{}</bib:Book>",
        '<rdf:Description rdf:about="#item_4"': '<bib:Book rdf:about="#item_4"><dc:title>Words</dc:title></bib:Book>',
        '<bib:Thesis rdf:about="#item_5"': "{}</dc:title></bib:Thesis>",
    },
}


def mended(name: str, text: str) -> str:
    """What an unreadable piece of a format's broken sample is mended to."""
    lines = [text, *text.split("\n")]
    [new] = (new for start, new in MENDED[name].items() if any(line.startswith(start) for line in lines))
    return new.replace("{}", text)
