import { runSlice, type Slice } from '../../test/histories/run-slice.ts';

/** One process of `npm run torture`: takes slices of seeds and sends back what they amounted to. */
process.on('message', async (slice: Slice) => {
  process.send?.(await runSlice(slice));
});
