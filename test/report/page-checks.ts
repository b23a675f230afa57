/** Expressions that run in the page; as text, because the types of a browser would then hold for all our code. */

/** Texts whose colour is hard to tell from what is under them (WCAG 2.2, 1.4.3: 4.5 to 1), each with its contrast. */
export const WEAK_TEXTS = `(() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const under = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? under(element.parentElement) : backgroundColor;
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
  return [...document.body.querySelectorAll('*')]
    .filter((element) => hasText(element) && !['SCRIPT', 'TITLE', 'OPTION'].includes(element.tagName.toUpperCase()))
    .flatMap((element) => {
      const style = getComputedStyle(element);
      const ink = luminance(element.namespaceURI.endsWith('svg') ? style.fill : style.color);
      const ground = luminance(under(element));
      const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
      return contrast < 4.5 ? [element.textContent + ' ' + contrast.toFixed(2)] : [];
    });
})()`;

/** In pixels, as it is shown. */
export const SMALLEST_TEXT = `Math.min(
  ...[...document.body.querySelectorAll('td, dd, dt, li, p, text, summary, label, caption')].map((element) =>
    Number.parseFloat(getComputedStyle(element).fontSize),
  ),
)`;
