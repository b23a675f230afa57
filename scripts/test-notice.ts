import { lambdaRuntime } from '../lambda/wiring/runtime.ts';
import manifest from '../package.json' with { type: 'json' };
import { sendTestNotice } from './send-test-notice.ts';

const { exitCode, text } = await sendTestNotice(process.argv.slice(2), lambdaRuntime, manifest.version);
(exitCode === 0 ? console.log : console.error)(text);
process.exitCode = exitCode;
