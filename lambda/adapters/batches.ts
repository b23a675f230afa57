/** Pieces of at most `size`; no piece for an empty list, so that an empty id list never becomes "everything". */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const chunks: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** Calls a storm may have open at once per adapter; more would only wait in the SDK's 50 sockets. */
const width = 8;

/** Answers in the order of `items`; the first rejection rejects, after it nothing new is started. */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) answers[index] = await ask(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return answers;
}
