import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
const base='http://localhost:4510'; const jar={};
const keep=(r)=>{for(const c of r.headers.getSetCookie()){const [kv]=c.split(';');const i=kv.indexOf('=');jar[kv.slice(0,i)]=kv.slice(i+1);}};
const ck=()=>Object.entries(jar).map(([k,v])=>k+'='+v).join('; ');
let r=await fetch(base+'/',{headers:{accept:'text/html'}});keep(r);let t=await r.text();
const tok=/name="form_token" value="([^"]+)"/.exec(t)[1];
r=await fetch(base+'/',{method:'POST',redirect:'manual',headers:{cookie:ck(),'content-type':'application/x-www-form-urlencoded','sec-fetch-site':'same-origin'},body:new URLSearchParams({form_token:tok,username:'admin',password:'admin'})});keep(r);
const gz=(s)=>gzipSync(s).length;
const css=readFileSync('functions/portal/assets/style.css','utf8'), js=readFileSync('functions/portal/assets/portal.js','utf8'), ic=readFileSync('functions/portal/assets/icon.svg','utf8');
console.log('css',css.length,gz(css),'js',js.length,gz(js));
for(const p of readFileSync('/tmp/office-list.txt','utf8').trim().split(',')){const x=await fetch(base+p,{headers:{cookie:ck(),accept:'text/html'}});const s=await x.text();const tot=gz(s)+gz(css)+gz(js)+gz(ic);if(tot>11000||s.length>25000)console.log(p,x.status,s.length,gz(s),'first view',tot);}
