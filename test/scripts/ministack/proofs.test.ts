import { expect, test } from 'vitest';
import { Proofs, summaryOf } from '../../../scripts/ministack/proofs.ts';

test('what was tried is told at once, with what was seen', async () => {
  const said: string[] = [];
  const proofs = new Proofs((line) => said.push(line));
  await proofs.prove('cdk deploy', async () => 'stack EbsBurst');
  expect(said).toEqual([expect.stringMatching(/^ok {5}cdk deploy \(0\.0 s\)\n {7}stack EbsBurst$/)]);
  expect(summaryOf(proofs.all)).toBe('1 of 1 proved in 0 s.');
});

test('what failed is told with its reason, counts as not proved, and ends the run', async () => {
  const said: string[] = [];
  const proofs = new Proofs((line) => said.push(line));
  const failing = proofs.prove('cdk deploy', async () => {
    throw new Error('no bucket');
  });
  await expect(failing).rejects.toThrow('no bucket');
  expect(said).toEqual([expect.stringMatching(/^FAILED cdk deploy \(0\.0 s\)\n {7}no bucket$/)]);
  expect(summaryOf(proofs.all)).toBe('0 of 1 proved in 0 s.');
});
