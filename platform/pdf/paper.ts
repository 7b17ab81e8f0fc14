/**
 * What all documents share, in Typst: ink, rules, the letterhead, tables with thin rules, the foot of a page. Greys that
 * a black-and-white printer keeps apart, and no surface that wastes its ink.
 */
export const PAPER = `
#let soft = luma(85)
#let hair = 0.4pt + luma(150)
#let line-of(weight) = weight + luma(20)
#set text(size: 9pt, fill: luma(15), number-type: "lining", number-width: "tabular", hyphenate: true)
#set par(leading: 0.5em, spacing: 0.75em)
#set page(paper: "a4", margin: (x: 15mm, top: 13mm, bottom: 18mm))
#set table(stroke: none, inset: (x: 4pt, y: 3.6pt))
#set table.cell(breakable: false)
#set list(marker: [–])
#show heading: set text(weight: "semibold", hyphenate: false)
#show heading: set block(above: 0pt, below: 0pt)

#let small(body) = text(size: 7.5pt, fill: soft, body)
#let label(body) = text(size: 7.5pt, fill: soft, body)
#let strong-text(body) = text(weight: "semibold", body)

// Lines of plain text, one below the other.
#let lines(all) = all.map(one => [#one]).join(linebreak())

// The school on the left, what the document is on the right, a rule below both.
#let letterhead(school, right-side) = {
  let mark = if logo == none { () } else { (box(height: 17mm, image(logo, height: 17mm, alt: school.logo_alt)),) }
  grid(
    columns: mark.map(_ => auto) + (1fr, auto),
    column-gutter: 5mm,
    align: (mark.map(_ => left + horizon) + (left + top, right + top)),
    ..mark,
    {
      text(size: 13pt, weight: "semibold", hyphenate: false, school.name)
      if school.lines.len() > 0 { v(-3pt); small(lines(school.lines)) }
      if school.motto != none { linebreak(); text(size: 7.5pt, fill: soft, [« #school.motto »]) }
    },
    right-side,
  )
  v(1mm)
  line(length: 100%, stroke: line-of(0.9pt))
}

// Names and values in columns, as many as there are.
#let facts(all, columns: 2) = grid(
  columns: (auto, 1fr) * columns,
  column-gutter: 3mm,
  row-gutter: 2mm,
  ..all.map(((name, value)) => (label(name), [#value])).flatten(),
)

// The foot of a page: what it is on the left, its number among those from its beginning to its end on the right.
#let foot(left-side, right-side, beginning, end) = context {
  let of = (name) => counter(page).at(query(std.label(name)).first().location()).first()
  let (first, last) = (of(beginning), of(end))
  set text(size: 7pt, fill: soft)
  set par(spacing: 2mm)
  line(length: 100%, stroke: hair)
  grid(
    columns: (1fr, auto),
    column-gutter: 5mm,
    left-side,
    align(right)[#right-side #(counter(page).get().first() - first + 1)/#(last - first + 1)],
  )
}
#let mark-of(name) = [#metadata(none) #std.label(name)]
`;
