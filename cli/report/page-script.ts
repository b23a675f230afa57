/**
 * Sorting, filtering and printing. The page says everything without it; what only the script can do, it adds itself.
 * It must not hold `</script`, and its hash is in the page's content policy.
 */
export const PAGE_SCRIPT = `
'use strict';
const table = document.getElementById('table');
const details = document.getElementById('details');
const charts = new Map([...document.querySelectorAll('details[data-row]')].map((each) => [each.dataset.row, each]));
if (table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const [find, outcome, sort, shown] = ['find', 'outcome', 'sort', 'shown'].map((id) => document.getElementById(id));
  const valueOf = (row, index) => {
    const cell = row.cells[index];
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    return cell.classList.contains('n') ? undefined : cell.textContent.toLowerCase();
  };
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const show = (order) => {
    body.append(...order);
    details.append(...order.map((row) => charts.get(row.dataset.row)).filter(Boolean));
  };
  const sortBy = (index, direction) => {
    heads.forEach((head, at) => (at === index ? head.setAttribute('aria-sort', direction) : head.removeAttribute('aria-sort')));
    sort.value = index === undefined ? '' : String(index);
    if (index === undefined) return show(rows);
    const sign = direction === 'ascending' ? 1 : -1;
    const valued = rows.map((row) => ({ row, value: valueOf(row, index) }));
    valued.sort((a, b) => {
      if (a.value === undefined || b.value === undefined) return (a.value === undefined) - (b.value === undefined);
      return sign * compare(a.value, b.value);
    });
    show(valued.map(({ row }) => row));
  };
  const press = (index) => {
    const now = heads[index].getAttribute('aria-sort');
    sortBy(index, now === null ? heads[index].dataset.first : now === 'ascending' ? 'descending' : 'ascending');
  };
  heads.forEach((head, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    button.addEventListener('click', () => press(index));
    head.append(button);
  });
  const filter = () => {
    const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (!outcome.value || row.querySelector('.badge.' + outcome.value));
      row.hidden = !fits;
      const chart = charts.get(row.dataset.row);
      if (chart) chart.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count + ' of ' + rows.length + ' shown';
  };
  find.addEventListener('input', filter);
  outcome.addEventListener('change', filter);
  sort.addEventListener('change', () => {
    const index = sort.value === '' ? undefined : Number(sort.value);
    sortBy(index, index === undefined ? undefined : heads[index].dataset.first);
  });
  const toolbar = document.getElementById('toolbar');
  toolbar.addEventListener('submit', (event) => event.preventDefault());
  toolbar.hidden = false;
  filter();
}
const openTarget = () => {
  const chart = charts.get(location.hash.slice(1));
  if (!chart) return;
  chart.open = true;
  chart.scrollIntoView();
};
addEventListener('hashchange', openTarget);
openTarget();
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...charts.values()].filter((chart) => !chart.open);
  for (const chart of closed) chart.open = true;
});
addEventListener('afterprint', () => {
  for (const chart of closed) chart.open = false;
});
`;
