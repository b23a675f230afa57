/** Sources: Slack's Block Kit reference (block and element limits); the sum of all blocks as bolt-js issue 2509 met it. */
const LIMITS = {
  blocks: 50,
  headerText: 150,
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  allBlocks: 13_200,
};

type Json = Readonly<Record<string, unknown>>;

/** Slack's error code for `blocks`, or undefined if it would take them. */
export function blocksError(
  blocks: unknown,
): 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long' | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return 'invalid_blocks_format';
  if (blocks.length > LIMITS.blocks || !blocks.every(isAcceptable)) return 'invalid_blocks';
  return JSON.stringify(blocks).length > LIMITS.allBlocks ? 'msg_blocks_too_long' : undefined;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAcceptable = (block: Json): boolean => BLOCKS[String(block['type'])]?.(block) ?? false;

const BLOCKS: Readonly<Record<string, (block: Json) => boolean>> = {
  divider: () => true,
  header: ({ text }) => isText(text, LIMITS.headerText, ['plain_text']),
  section: ({ text, fields }) =>
    (text !== undefined || fields !== undefined) &&
    (text === undefined || isText(text, LIMITS.sectionText)) &&
    (fields === undefined || isList(fields, LIMITS.fields, (field) => isText(field, LIMITS.fieldText))),
  context: ({ elements }) =>
    isList(elements, LIMITS.contextElements, (element) => isText(element, LIMITS.sectionText)),
  actions: ({ elements }) =>
    isList(
      elements,
      LIMITS.actionElements,
      ({ type, text }) => type === 'button' && isText(text, LIMITS.buttonText, ['plain_text']),
    ),
};

function isText(
  value: unknown,
  longest: number,
  types: readonly string[] = ['plain_text', 'mrkdwn'],
): boolean {
  if (!isObject(value) || !types.includes(String(value['type']))) return false;
  const text = value['text'];
  return typeof text === 'string' && text.length > 0 && text.length <= longest;
}

const isList = (value: unknown, longest: number, accepts: (member: Json) => boolean): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= longest &&
  value.every((member) => isObject(member) && accepts(member));
