/** How a receipt looks: half a sheet, which an A4 printer sets on one. The data is a {@link ReceiptPage}. */
export const RECEIPT_LAYOUT = `
#set page(paper: "a5", flipped: true, margin: (x: 14mm, top: 12mm, bottom: 16mm), footer: foot(data.foot, data.page_label, "begin", "end"))
#mark-of("begin")
#letterhead(data.school, {
  heading(level: 1, text(size: 13pt, data.kind))
  v(1.5mm)
  text(size: 11pt, data.number)
})
#if data.void != none {
  v(1mm)
  block(width: 100%, stroke: line-of(0.9pt), inset: 6pt, strong-text(data.void))
}
#v(3mm)
#grid(
  columns: (1fr, auto),
  column-gutter: 8mm,
  facts(data.facts, columns: 1),
  block(stroke: line-of(0.9pt), inset: (x: 10pt, y: 8pt), align(right)[
    #label(data.amount_label) #linebreak()
    #text(size: 17pt, weight: "semibold", hyphenate: false, data.amount)
    #if data.settles != none { linebreak(); small(data.settles) }
  ]),
)
#v(3mm)
#if data.covered.rows.len() > 0 {
  table(
    columns: (1fr, auto, auto),
    align: (left + top, right + top, right + top),
    table.hline(stroke: line-of(0.7pt)),
    table.header(..data.covered.heads.map(one => text(size: 7pt, fill: soft, one)), table.hline(stroke: line-of(0.7pt))),
    ..data.covered.rows.enumerate().map(((i, row)) => (..if i > 0 { (table.hline(stroke: 0.25pt + luma(190)),) }, ..row)).flatten(),
    table.hline(stroke: line-of(0.7pt)),
  )
}
#v(3mm)
#grid(
  columns: (1fr, 62mm),
  column-gutter: 8mm,
  { strong-text(data.balance); linebreak(); small(data.note) },
  block(width: 100%, height: 20mm, stroke: hair, inset: 6pt)[#label(data.signature)],
)
#mark-of("end")
`;
