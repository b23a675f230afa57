import { dirname } from 'node:path';
import { EMULATORS, type Emulator } from '../conformance/emulators.ts';

/**
 * Two things about MiniStack are changed. Events of EC2 and CloudWatch reach a bus from inside AWS only: PutEvents refuses
 * sources that begin with `aws.`, and so does MiniStack, whose EC2 and CloudWatch emit none. It lets those of its services
 * through that do, by this argument; here every caller. And its policies are checked, among them those that deny what
 * does not come by TLS: here what comes counts as if it did.
 */
const LAUNCH = `
from functools import partial
from ministack import app
from ministack.services import eventbridge
eventbridge._put_events = partial(eventbridge._put_events, allow_aws_source=True)
pin = app.pin_request_origin
app.pin_request_origin = lambda source_ip, secure_transport: pin(source_ip, True)
app.main()
`;

/**
 * MiniStack that checks policies, takes PutEvents for a service of AWS, and runs functions in processes of this Node.js.
 * @param folder where it unpacks functions
 * @throws Error where scripts/conformance/emulators.ts no longer has it
 */
export function emittingMinistack(folder: string): Emulator {
  const ministack = EMULATORS.find(({ name }) => name === 'MiniStack');
  if (ministack === undefined) throw new Error('scripts/conformance/emulators.ts: expected MiniStack in it');
  return {
    ...ministack,
    start: (port) => ({
      args: ['-c', LAUNCH],
      env: {
        ...ministack.start(port).env,
        // Its URLs of queues are then those that clients know it by.
        MINISTACK_HOST: '127.0.0.1',
        LAMBDA_EXECUTOR: 'local',
        AUTH: 'true',
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        TMPDIR: folder,
      },
    }),
  };
}
