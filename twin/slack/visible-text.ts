import type { MessageContent } from './workspace.ts';

/** What a person reads of a message, one line per block or field; its fallback text where it has no blocks. */
export function visibleText({ text, blocks }: MessageContent): string {
  return blocks.length === 0 ? text : blocks.flatMap(textsIn).join('\n');
}

function textsIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  if (Array.isArray(part)) return part.flatMap(textsIn);
  const { type, text, fields, elements } = part as Readonly<Record<string, unknown>>;
  if (type === 'divider') return ['---'];
  if (typeof text === 'string') return [text];
  return [...textsIn(text), ...textsIn(fields), ...textsIn(elements)];
}
