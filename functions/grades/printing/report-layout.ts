/** How the report of a class looks. The data is a {@link ReportPage}. */
export const REPORT_LAYOUT = `
#set page(footer: foot(data.foot, data.page_label, "begin", "end"))

#let histogram(h) = {
  let tall = 30mm
  let most = calc.max(1, ..h.bars.map(one => one.count))
  figure(alt: h.alt, block(width: 100%, {
    grid(
      columns: (1fr,) * h.bars.len(),
      column-gutter: 1mm,
      align: center + bottom,
      ..h.bars.map(one => block(height: tall + 4mm, {
        set align(bottom + center)
        if one.count > 0 {
          text(size: 7pt, str(one.count))
          v(-1.8mm)
          rect(
            width: 100%,
            height: calc.max(0.4mm, tall * one.count / most),
            fill: if one.passed { luma(110) } else { luma(215) },
            stroke: 0.4pt + luma(60),
          )
        }
      })),
    )
    v(-2.4mm)
    line(length: 100%, stroke: line-of(0.5pt))
    v(-1.2mm)
    grid(columns: (1fr,) * h.ticks.len(), align: left, ..h.ticks.map(one => small(one)))
  }))
}

#let ruled(columns, sides, heads, rows) = table(
  columns: columns,
  align: sides.map(one => if one == "right" { right + top } else { left + top }),
  table.hline(stroke: line-of(0.7pt)),
  table.header(..heads.map(one => text(size: 7pt, fill: soft, one)), table.hline(stroke: line-of(0.7pt))),
  ..rows.enumerate().map(((i, row)) => (..if i > 0 { (table.hline(stroke: 0.25pt + luma(190)),) }, ..row)).flatten(),
  table.hline(stroke: line-of(0.7pt)),
)

#mark-of("begin")
#letterhead(data.school, {
  text(size: 13pt, weight: "semibold", data.kind)
  linebreak()
  text(size: 10pt, data.period)
  if data.year != none { linebreak(); small(data.year) }
})
#v(4mm)
#heading(level: 1, text(size: 14pt, data.class))
#v(4mm)
#grid(
  columns: (1fr,) * data.figures.len(),
  ..data.figures.map(((name, value)) => [#label(name) #linebreak() #text(size: 11pt, weight: "semibold", value)]),
)
#v(5mm)
#heading(level: 2, text(size: 10pt, data.histogram.title))
#v(3mm)
#if data.histogram.bars.len() > 0 { histogram(data.histogram) } else { data.nobody }
#if data.subjects.rows.len() > 0 {
  v(4mm)
  heading(level: 2, text(size: 10pt, data.subjects.title))
  v(2mm)
  ruled((1fr,) + (17mm,) * 6, ("left",) + ("right",) * 6, data.subjects.heads, data.subjects.rows)
}
#if data.ranking.rows.len() > 0 {
  // A large class on a page of its own, so that it reads down one column and then the other.
  if data.ranking.rows.len() > 24 { pagebreak() } else { v(4mm) }
  heading(level: 2, text(size: 10pt, data.ranking.title))
  v(2mm)
  let half = calc.max(12, calc.ceil(data.ranking.rows.len() / 2))
  grid(
    columns: (1fr, 1fr),
    column-gutter: 8mm,
    ..data.ranking.rows.chunks(half).map(part => ruled((10mm, 1fr, 15mm), ("right", "left", "right"), data.ranking.heads, part)),
  )
}
#mark-of("end")
`;

/** How the ten best look. The data is a {@link TopPage}. */
export const TOP_LAYOUT = `
#set page(footer: foot(data.foot, data.page_label, "begin", "end"))
#mark-of("begin")
#letterhead(data.school, {
  text(size: 13pt, weight: "semibold", data.kind)
  linebreak()
  text(size: 10pt, data.period)
  if data.year != none { linebreak(); small(data.year) }
})
#v(10mm)
#align(center, heading(level: 1, text(size: 18pt, data.title)))
#v(2mm)
#align(center, text(size: 11pt, fill: soft, data.of))
#v(8mm)
#set text(size: 11pt)
#if data.rows.len() == 0 { align(center, data.nobody) } else {
  align(center, block(width: 140mm, table(
    columns: (15mm, 1fr, 32mm, 28mm),
    align: (right + horizon, left + horizon, left + horizon, right + horizon),
    inset: (x: 4pt, y: 6.5pt),
    table.hline(stroke: line-of(0.9pt)),
    table.header(..data.heads.map(one => text(size: 8pt, fill: soft, one)), table.hline(stroke: line-of(0.9pt))),
    ..data.rows.enumerate().map(((i, row)) => (
      ..if i > 0 { (table.hline(stroke: 0.25pt + luma(190)),) },
      strong-text(row.at(0)),
      text(weight: if i < 3 { "semibold" } else { "regular" }, row.at(1)),
      row.at(2),
      row.at(3),
    )).flatten(),
    table.hline(stroke: line-of(0.9pt)),
  )))
}
#mark-of("end")
`;
