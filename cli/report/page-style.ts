/** Colours as in the demo's picture; words carry every meaning that a colour has. Its hash is in the content policy. */
export const PAGE_STYLE = `
:root { --ink: #24292f; --soft: #57606a; --paper: #ffffff; --card: #f6f8fa; --line: #d0d7de; --link: #0969a8;
  --bad: #b42318; --good: #1a7f37; --warn: #8a5a00; --act: #7a3fc4; --empty: #b4231833 }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #0d1117; --card: #161b22;
  --line: #30363d; --link: #58a6ff; --bad: #ff7b72; --good: #56d364; --warn: #e3b341; --act: #bc8cff; --empty: #ff7b7240 } }
* { box-sizing: border-box }
html { color-scheme: light dark; -webkit-text-size-adjust: 100% }
body { margin: 0 auto; max-width: 1500px; padding: 20px 24px 48px; background: var(--paper); color: var(--ink);
  font: 15px/1.45 ui-sans-serif, system-ui, -apple-system, "DejaVu Sans", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 20px; margin: 0 } .kicker { margin: 0; color: var(--soft); font-size: 13px }
h2 { font-size: 18px; margin: 36px 0 8px } h2.lead { font-size: 24px; line-height: 1.25; margin: 20px 0 8px; max-width: 44em; text-wrap: balance }
h3 { font-size: 14px; margin: 0 0 4px } p { margin: 6px 0; max-width: 70em } a { color: var(--link) }
.soft { color: var(--soft) } .n { text-align: right; font-variant-numeric: tabular-nums } .id { font-family: ui-monospace, monospace; font-size: .93em }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 12px; margin: 16px 0 }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; border-left: 4px solid var(--line) }
.tile.bad { border-left-color: var(--bad) } .tile.good { border-left-color: var(--good) }
.tile dt { color: var(--soft); font-size: 13px } .tile dd { margin: 0 } .tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums }
.tile span { font-size: 13px; color: var(--soft) }
table { border-collapse: collapse } caption { text-align: left; color: var(--soft); font-size: 13px; padding-bottom: 4px }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400 }
thead th { font-weight: 600; vertical-align: bottom } th.n, td.n { text-align: right }
.money { margin-top: 18px } .money td.n { white-space: nowrap } .money th { overflow-wrap: normal }
.scroller { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px }
.scroller:focus-visible, button:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 1px }
.volumes { width: 100%; font-size: 13px } .volumes th, .volumes td { padding: 5px 7px; overflow-wrap: normal } .volumes td.n { white-space: nowrap }
.volumes thead th { background: var(--card) } .volumes tbody tr:last-child td { border-bottom: 0 }
.volumes td:first-child { min-width: 150px; max-width: 240px; overflow-wrap: anywhere } .volumes a { font-family: ui-monospace, monospace; white-space: nowrap }
.volumes tr[hidden], details[hidden] { display: none }
.on-paper { display: none } .name { display: block; font-weight: 600 } summary .name { display: inline }
.badge { display: inline-block; padding: 0 7px; border: 1px solid currentColor; border-radius: 9px; font-size: 12px; white-space: nowrap }
.badge.wall { color: var(--bad) } .badge.averted { color: var(--good) } .badge.told { color: var(--warn) } .badge.calm, .badge.unknown { color: var(--soft) }
.badge.unknown { border-style: dashed } .unread { color: var(--warn); font-style: italic; text-decoration: none } abbr.unread { border-bottom: 1px dotted; cursor: help }
thead button { all: unset; cursor: pointer; font-weight: 600; border-radius: 3px }
thead button:focus-visible { outline: 2px solid var(--link) }
thead button::after { content: "\\a0\\2195"; color: var(--soft); font-weight: 400 }
th[aria-sort=ascending] button::after { content: "\\a0\\2191"; color: var(--link) } th[aria-sort=descending] button::after { content: "\\a0\\2193"; color: var(--link) }
.toolbar { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; margin: 8px 0 12px } .toolbar[hidden] { display: none }
.toolbar input, .toolbar select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: 4px 8px; max-width: 100% }
.sorting { display: none } output { color: var(--soft); font-size: 13px }
details { border-bottom: 1px solid var(--line) } summary { padding: 8px 2px; cursor: pointer }
.inside { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 8px 32px; padding: 8px 0 20px; scroll-margin-top: 48px }
.chart { grid-row: span 2; padding: 4px 16px 4px 76px; min-width: 0 } .chart > svg { display: block; overflow: visible }
.facts { margin: 0; font-size: 13px } .facts div { display: grid; grid-template-columns: 15.5em minmax(0, 1fr); gap: 8px; padding: 2px 0 } .facts dt { color: var(--soft) } .facts dd { margin: 0 }
.happened { font-size: 13px } .events { margin: 0; padding: 0; list-style: none; max-height: 280px; overflow-y: auto } .events li { display: grid; grid-template-columns: 7.5em minmax(0, 1fr); gap: 4px; break-inside: avoid } .events time { color: var(--soft) }
.hit-wall.what { color: var(--bad); font-weight: 600 }
svg text { font-size: 12px; fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round } svg text.soft { fill: var(--soft); font-size: 11px }
svg .heading { font-weight: 600 } svg .grid { stroke: var(--line) } svg path { vector-effect: non-scaling-stroke; fill: none }
svg .curve { stroke: var(--link); stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round } svg .empty { fill: var(--empty) }
svg .threshold { stroke: var(--warn); stroke-dasharray: 5 3 } svg .threshold-words { fill: var(--warn) }
svg .baseline { stroke: var(--bad); stroke-dasharray: 5 3 } svg .baseline-words { fill: var(--bad) }
svg .burst { stroke: var(--good); stroke-dasharray: 5 3 } svg .burst-words { fill: var(--good) } svg text.line-words { font-size: 11px }
svg .through { stroke: var(--act); stroke-width: 1; stroke-dasharray: 2 3 } svg .lane { stroke-width: 2 } svg .alarmed { stroke: var(--warn) } svg .announced { stroke: var(--link) } svg .acted, svg .returned { stroke: var(--act) }
svg .relieved { stroke: var(--good) } svg .hit-wall { stroke: var(--bad); fill: var(--bad) }
footer { margin-top: 40px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px }
@media screen and (max-width: 900px) { .inside { grid-template-columns: minmax(0, 1fr) } .chart { grid-row: auto } .events { max-height: none } }
@media screen and (max-width: 640px) {
  body { padding: 14px 16px 40px } h2.lead { font-size: 20px } .tiles { grid-template-columns: 1fr 1fr; gap: 8px } .tile { padding: 8px 10px } .tile b { font-size: 19px }
  .money th, .money td { padding: 5px 6px 5px 0 } .sorting { display: inline } .spare { display: none }
  .scroller { border: 0; overflow: visible } .volumes, .volumes tbody, .volumes td { display: block }
  .volumes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .volumes tr { display: grid; grid-template-columns: 1fr 1fr; gap: 6px 12px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; margin-bottom: 10px }
  .volumes td, .volumes td:first-child { border: 0; padding: 0; text-align: left; min-width: 0; max-width: none; white-space: normal; overflow-wrap: anywhere }
  .volumes td.n { text-align: left; white-space: normal } .volumes td:first-child { grid-column: 1 / -1 }
  .volumes td::before { content: attr(data-title); display: block; color: var(--soft); font-size: 11px } .volumes td:first-child::before { content: none }
  .facts div { grid-template-columns: 1fr; gap: 0 } .facts dd { padding-left: 10px } .chart { padding-left: 66px }
}
@page { size: A4; margin: 12mm }
@media print {
  html { color-scheme: light } * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { padding: 0 1px; max-width: none; font-size: 10pt } .toolbar { display: none !important }
  thead button { display: contents } thead button::after { content: none } .scroller { overflow: visible; border: 0 } .volumes { font-size: 6.6pt; width: 100% }
  .volumes th, .volumes td { padding: 2px 3px; white-space: normal !important } .volumes td:first-child { min-width: 0; max-width: none } .volumes a { letter-spacing: -.02em; text-decoration: none } .volumes .name { max-width: 110px }
  .badge { white-space: normal; font-size: inherit; padding: 0 3px } .tiles { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 6px } .tile { padding: 6px 8px } .tile b { font-size: 13pt } .tile span { font-size: 8pt }
  tr, .tile, .chart, .facts { break-inside: avoid } summary { display: none } .on-paper { display: block; margin: 0 0 4px -76px } .on-paper .name { display: inline } details::details-content { content-visibility: visible; block-size: auto }
  .inside { grid-template-columns: minmax(0, 1fr); gap: 6px } .chart { grid-row: auto } .events { max-height: none; columns: 2 } h2 { break-after: avoid }
  .facts { columns: 2 } .facts div { grid-template-columns: 11em minmax(0, 1fr) }
}
`;
