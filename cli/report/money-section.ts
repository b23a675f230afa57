import { money, signedMoney } from '../../core/domain/notices/money-text.ts';
import { type Dollars, dollars } from '../../core/domain/units.ts';
import { html, type Markup, nothing } from './markup.ts';
import { count, counted } from './texts.ts';
import type { Bill, Bills } from './totals.ts';

/**
 * What the ways out cost a month, each beside what is paid now.
 * @param unknown volumes of which nobody knows whether they needed help
 */
export function moneySection(bills: Bills, unknown: number): Markup {
  const { volumes, now, underPolicy, neverPutBack, io1, io2 } = bills;
  if (volumes === 0 && unknown > 0)
    return html`<p>What help ${counted(unknown, 'volume')} would have needed, and at what cost, is unknown; no other needed any.</p>`;
  if (volumes === 0)
    return html`<p>No volume needed help, so nothing would cost more than today: ${money(now)} on top.</p>`;
  const rows = [
    row('As they are now', { monthly: now, unfitting: 0 }, now),
    row('Under the policy: moved while it is needed', { monthly: underPolicy, unfitting: 0 }, now),
    row('Moved, and never put back', neverPutBack, now),
    row('All of the time on io1', io1, now),
    row('All of the time on io2', io2, now),
  ];
  return html`<table class="money"><caption>Dollars a month for the ${counted(volumes, 'volume')} that needed help; ${unknown === 0 ? 'the others' : `${count(unknown)} unknown left out, the others`} cost the same in every case</caption><thead><tr><th scope="col">Way</th><th scope="col" class="n">a month</th><th scope="col" class="n">more than now</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function row(way: string, { monthly, unfitting }: Bill, now: Dollars): Markup {
  const note =
    unfitting === 0
      ? nothing
      : html` <span class="soft">(${count(unfitting)} at the present price: none fits, or unknown)</span>`;
  return html`<tr><th scope="row">${way}${note}</th><td class="n">${money(monthly)}</td><td class="n">${signedMoney(dollars(monthly - now))}</td></tr>`;
}
