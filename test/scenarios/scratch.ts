import { acting, hour, minute, responderAccount, startsAt } from './responder-account.ts';
import { drainingVolume } from './draining-volumes.ts';
import { saidInOrder, modifyCalls, mails } from './account-history.ts';
for (let k=0;k<3;k++){
const t0=performance.now();
let id='';
const w = await responderAccount(acting, (a)=>{ id=drainingVolume(a)}, { volumes: { optimizingTime: () => 5*minute } });
const t1=performance.now();
await w.account.simulation.runUntil(startsAt + 2*hour);
console.log(t1-t0, performance.now()-t1, saidInOrder(w), modifyCalls(w).map(c=>[new Date(c.at).toISOString(), c.error, JSON.stringify(c.input)]));
if(k==0){
 const at=modifyCalls(w)[0]!.at;
 const inv=w.account.functions.log.filter(i=>i.at<=at&&i.endedAt>=at);
 console.log(inv.map(i=>[i.functionName,i.calls, i.at]));
 console.log(w.account.endpoint.calls.filter(c=>c.at===at&&c.principal.includes('Respond')&&c.principal.includes('Responder')).map((c,i)=>`${i+1} ${c.service}:${c.operation} ${c.error??''}`).join('\n'));
 console.log(mails(w).map(m=>[new Date(m.at).toISOString(), m.subject]));
 console.log(w.account.functions.log.filter(i=>i.outcome.kind!=='succeeded'));
}}
