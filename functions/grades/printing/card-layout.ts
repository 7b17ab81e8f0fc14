/** How report cards look: one after the other, each on pages of its own. The data is a list of {@link CardPage}. */
export const CARD_LAYOUT = String.raw`
#let signature(title, name) = block(width: 100%, height: 24mm, stroke: hair, inset: 6pt)[
  #label(title)
  #if name != none { linebreak(); name }
]

#let council(c) = {
  let said = c.absences.len() > 0
  let words = c.remark != none or c.verdicts.len() > 0
  if said or words {
    block(width: 100%, breakable: false, stroke: hair, inset: 7pt, grid(
      columns: if said and words { (50mm, 1fr) } else { (1fr,) },
      column-gutter: 6mm,
      ..if said { (facts(c.absences, columns: 1),) },
      ..if words { ({
        heading(level: 2, text(size: 9pt, c.title))
        if c.remark != none { v(2mm); lines(c.remark.split("\n")) }
        if c.verdicts.len() > 0 {
          v(2.5mm)
          for (name, value) in c.verdicts [#label(name) #h(1mm) #strong-text(value) #h(6mm)]
        }
      },) },
    ))
  }
}

#let subjects(c) = {
  let figures = c.columns.len()
  let cell(row, i) = {
    let value = text(hyphenate: false, row.cells.at(i))
    if c.columns.at(i).own and row.depth == 0 { strong-text(value) } else { value }
  }
  let ruled(y) = table.hline(stroke: if y { hair } else { 0.25pt + luma(205) })
  table(
    columns: (if figures > 6 { 34mm } else { 42mm },) + c.columns.map(one => if one.narrow { 11.5mm } else { 14.5mm }) + (1fr,),
    inset: (x: 3pt, y: 3.6pt),
    align: (x, y) => if x == 0 or x > figures { left + (if y == 0 { bottom } else { top }) } else { right + (if y == 0 { bottom } else { top }) },
    table.hline(stroke: line-of(0.7pt)),
    table.header(
      ..(c.subject_label, ..c.columns.map(one => one.label), c.remark_label).map(one => text(size: 7pt, fill: soft, hyphenate: one.split().any(word => word.len() > 12), one)),
      table.hline(stroke: line-of(0.7pt)),
    ),
    ..c.rows.enumerate().map(((i, row)) => (
      ..if i > 0 { (ruled(row.depth == 0),) },
      pad(left: row.depth * 3mm, {
        set text(hyphenate: false)
        if row.depth == 0 { strong-text(row.name) } else { row.name }
        if row.notes.len() > 0 { linebreak(); small(lines(row.notes)) }
      }),
      ..range(figures).map(j => cell(row, j)),
      {
        set text(size: 8.5pt)
        if row.remark != none { lines(row.remark.split("\n")) }
      },
    )).flatten(),
    table.hline(stroke: line-of(0.7pt)),
    ..if c.totals != none { (
      strong-text(c.totals.name),
      ..c.totals.cells.map(strong-text),
      strong-text(c.totals.remark),
      table.hline(stroke: line-of(0.7pt)),
    ) },
  )
}

#let card(c) = page(footer: foot(c.foot, c.page_label, c.key + "-begin", c.key + "-end"))[
  #mark-of(c.key + "-begin")
  #letterhead(c.school, {
    text(size: 13pt, weight: "semibold", c.kind)
    linebreak()
    text(size: 10pt, c.period)
    if c.year != none { linebreak(); small(c.year) }
  })
  #if c.replaces != none {
    v(1mm)
    block(width: 100%, stroke: line-of(0.7pt), inset: (x: 6pt, y: 4pt), {
      strong-text(c.replaces.title)
      if c.replaces.reason != none [ · #c.replaces.reason]
    })
  }
  #v(2mm)
  #grid(
    columns: (1fr, 78mm),
    column-gutter: 8mm,
    {
      heading(level: 1, text(size: 14pt, c.student.name))
      if c.student.lines.len() > 0 { v(2mm); lines(c.student.lines) }
    },
    facts(c.facts, columns: 1),
  )
  #v(3mm)
  #subjects(c)
  #v(1mm)
  #council(c.council)
  #v(1mm)
  #block(breakable: false, grid(
    columns: (1fr, 1fr),
    column-gutter: 5mm,
    signature(c.signatures.head, c.signatures.head_name),
    signature(c.signatures.parent, none),
  ))
  #if c.note != none { small(c.note) }
  #mark-of(c.key + "-end")
]

#for c in data { card(c) }
`;
