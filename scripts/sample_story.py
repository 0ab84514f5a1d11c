"""The story of the sample project: what its bible says, and what its portraits are drawn from."""

from __future__ import annotations

from studio.document.bible.entry import Entry, EntryKind, Relation, Voice

PORTRAITS = {
    "mara": "person: red hair, red oilskin coat on a navy background",
    "old_tom": "old man with a grey beard on a teal background",
    "soot": "black cat on a yellow background",
    "lighthouse": "tower on a navy background",
    "harbour": "sailboat on a teal background",
    "key": "old key on a red thread on a brown background",
    "lamp": "red paper lantern on a navy background",
    "storm": "water wave on a grey background",
    "ink_wash": "paintbrush on a white background",
}
"""Prompts by entry, in words that the starter model knows."""

ENTRIES = (
    Entry(
        id="story",
        kind=EntryKind.LORE,
        name="The story",
        summary="Mara comes back to the lighthouse she left at seventeen, to put out its lamp.",
        text=(
            "Twenty years ago @Mara left the Point in the night of the @Storm, and her father"
            " was never found. Now the harbour office has sold the @Lighthouse. She comes to lock"
            " it and to put out the @Lamp, and finds that @Old Tom has kept it lit all along.\n\n"
            "It is a small story: one evening, three places, two people who are bad at saying"
            " sorry. Nobody is a villain. The sea is only the sea."
        ),
        tags=("premise",),
        always_on=True,
        order=1.0,
    ),
    Entry(
        id="mara",
        kind=EntryKind.CHARACTER,
        name="Mara",
        aliases=("Mara Lind", "the keeper's daughter"),
        summary="The last keeper's daughter, back after twenty years to lock the lighthouse.",
        text=(
            "Thirty-seven. Repairs ship's engines inland, where nobody asks where she is from."
            " Wears her father's red oilskin coat, too wide in the shoulders; she says that she"
            " has no other.\n\n"
            "**Wants** to be gone before the morning ferry. **Needs** to hear what @Old Tom saw"
            " that night. Counts steps when she is afraid, and knows that there are a hundred and"
            " twelve up to the @Lamp."
        ),
        tags=("lead",),
        keywords=("oilskin", "red coat"),
        prompt="person: red hair, red oilskin coat",
        negative="hat, crowd",
        seed=7,
        voice=Voice(
            notes="Short sentences. Answers a question with a smaller one. Dry when it hurts.",
            samples=(
                "I came for the key, not for supper.",
                "You kept it lit. Who asked you to?",
                "A hundred and twelve. I counted them every night I was away.",
            ),
        ),
        relations=(
            Relation("old_tom", "taught her to read the weather; has not spoken to her since"),
            Relation("key", "carries it under her coat"),
            Relation("lighthouse", "grew up in its upper room"),
        ),
        order=2.0,
    ),
    Entry(
        id="old_tom",
        kind=EntryKind.CHARACTER,
        name="Old Tom",
        aliases=("Tom", "Tom Pell"),
        summary="Harbour watchman of seventy-one, who has kept the lamp for twenty years unasked.",
        text=(
            "Was her father's mate. Climbs the stairs each evening with a can of oil and a bad"
            " knee, and has written down every ship that passed the Point, and that none was"
            " lost.\n\n"
            "**Wants** the @Lamp to burn one more winter. **Hides** that he untied the boat in"
            " which @Mara's father put out. He hid the @Key for her; he would not say so."
        ),
        tags=("lead",),
        keywords=("watchman",),
        prompt="old man with a grey beard",
        negative="smile",
        voice=Voice(
            notes="Speaks of people as if they were weather. Never finishes a sorry.",
            samples=(
                "You came back. The sea said you would, and I told it to mind its own.",
                "Nobody passes the Point unseen. Not while there is oil.",
                "Up those stairs, and proud of it, knee or no knee.",
            ),
        ),
        relations=(
            Relation("mara", "owes her the truth of one night"),
            Relation("lamp", "keeps it, unpaid"),
        ),
        order=3.0,
    ),
    Entry(
        id="soot",
        kind=EntryKind.CHARACTER,
        name="Soot",
        aliases=("the cat",),
        summary="A black cat who belongs to the lighthouse and tolerates Old Tom.",
        text="Sleeps on the warm side of the lens. Walks to a door before anybody has knocked.",
        keywords=("paw", "purr"),
        prompt="black cat",
        relations=(Relation("lighthouse", "lives here, and knows it"),),
        order=4.0,
    ),
    Entry(
        id="lighthouse",
        kind=EntryKind.PLACE,
        name="Lighthouse",
        aliases=("the tower", "the Point"),
        summary="A red and white tower on the Point, sold last week, lit every night since.",
        text=(
            "A hundred and twelve iron steps, a store of oil, one room with two beds, and the"
            " gallery with the @Lamp. The door sticks in wet weather and has to be lifted. From"
            " the gallery one sees the @Harbour, the path, and whoever is coming up it."
        ),
        tags=("stage",),
        keywords=("gallery", "stairs"),
        prompt="tower",
        relations=(Relation("harbour", "half an hour by the cliff path"),),
        order=5.0,
    ),
    Entry(
        id="harbour",
        kind=EntryKind.PLACE,
        name="Harbour",
        aliases=("the quay",),
        summary="Nine boats, one crane, an office of wet brick, and a ferry twice a week.",
        text=(
            "It smells of tar and cold chips. The office closes at five, but its window is where"
            " everybody leaves letters. In the evening the sails are down and the ropes talk."
        ),
        tags=("stage",),
        keywords=("ferry", "pier"),
        prompt="sailboat",
        order=6.0,
    ),
    Entry(
        id="key",
        kind=EntryKind.PROP,
        name="Key",
        aliases=("the key on the red thread",),
        summary="The key to the gallery, on a red thread that her mother spun.",
        text=(
            "Iron, as long as a hand. It came to @Mara by post, without a letter. The knot in the"
            " thread is a watchman's knot: only @Old Tom ties it that way, and she knows."
        ),
        keywords=("red thread", "watchman's knot"),
        prompt="old key on a red thread",
        order=7.0,
    ),
    Entry(
        id="lamp",
        kind=EntryKind.PROP,
        name="Lamp",
        aliases=("the light",),
        summary="The oil lamp of the lighthouse; to put it out is what she came for.",
        text="Brass, wiped every evening. Two short flashes and a long one: the Point's name.",
        keywords=("oil", "lens"),
        prompt="red paper lantern",
        relations=(Relation("lighthouse", "burns in its gallery"),),
        order=8.0,
    ),
    Entry(
        id="storm",
        kind=EntryKind.LORE,
        name="Storm",
        aliases=("the night of the storm",),
        summary="Twenty years ago the lamp was dark for an hour, and a boat did not come back.",
        text=(
            "The lamp went out at ten past two. By three it burned again. @Mara's father had"
            " gone out to a ship that turned out to be safe. Who was on watch is in the book, on a"
            " page that somebody cut out with care."
        ),
        tags=("backstory",),
        keywords=("twenty years ago",),
        prompt="water wave",
        order=9.0,
    ),
    Entry(
        id="ink_wash",
        kind=EntryKind.LOOK,
        name="Ink wash",
        aliases=("the look",),
        summary="Grey ink on wet paper; red is the only colour, and it is always hers.",
        text=(
            "Wide quiet areas, a few hard edges. The starter model knows no styles: with it use"
            " @Night, or choose a larger model."
        ),
        prompt="ink wash",
        negative="photo, glossy",
        order=10.0,
    ),
    Entry(
        id="night",
        kind=EntryKind.LOOK,
        name="Night",
        aliases=("night on the water",),
        summary="Everything on the blue of an hour after sunset.",
        text="Put it last, as in “@Lighthouse @Night”. The starter model draws it well.",
        prompt="on a navy background",
        order=11.0,
    ),
)
