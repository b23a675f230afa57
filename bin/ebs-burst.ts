#!/usr/bin/env node
import { defineCommand, runMain } from 'citty';

const [name, ...rest] = process.argv.slice(2);

const commands = defineCommand({
  meta: { name: 'ebs-burst', description: 'EBS burst credits: try the responder without an account' },
  subCommands: {
    demo: {
      meta: { name: 'demo', description: 'One load on one simulated volume, without and with the responder' },
    },
  },
});

// The demo reads its own options, so that a wrong one is told in the same words as under `npm start`.
if (name === 'demo') process.exitCode = await (await import('../cli/demo/main.ts')).main(rest);
else await runMain(commands);
