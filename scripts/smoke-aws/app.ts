import { wrongPlace } from './place-guard.ts';

const fault = wrongPlace(process.env);
if (fault !== undefined) throw new Error(fault);
await import('../../bin/app.ts');
