import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createGateway } from './gateway/local/gateway.ts';
import { createHttpServer } from './gateway/local/http-server.ts';
import { lintImportDocument } from './gateway/lint/lint-import-document.ts';
import { toFunctionUri } from './gateway/function-uri.ts';
const I='x-amazon-apigateway-integration', V='x-amazon-apigateway-request-validator', VS='x-amazon-apigateway-request-validators', R='x-amazon-apigateway-gateway-responses';
const L=(n='f',more={})=>({[I]:{type:'aws_proxy',httpMethod:'POST',uri:toFunctionUri(n),...more}});
const op=(more={})=>({responses:{},...L(),...more});
const doc=(paths:object,more:object={})=>({openapi:'3.0.1',info:{title:'t',version:'1'},paths,...more});
const echo=async(e:any)=>({statusCode:200,body:JSON.stringify({p:e.path,pp:e.pathParameters,rc:e.requestContext.path,b:e.body,b64:e.isBase64Encoded,auth:e.requestContext.authorizer,d:e.requestContext.domainName})});
async function raw(port:number,text:string|Buffer){const s=connect(port,'127.0.0.1');s.write(text);const c:Buffer[]=[];s.on('data',d=>{c.push(d);setTimeout(()=>s.end(),150)});s.on('error',e=>c.push(Buffer.from('ERR '+e.message)));setTimeout(()=>s.destroy(),4000);await once(s,'close');return Buffer.concat(c).toString('latin1');}
async function run(label:string,d:any,reqs:(string|Buffer)[],settings:any={},fn:any=echo){
  console.log('\n# '+label);
  try{
    const g=createGateway(d,{functions:fn,stage:{name:'prod'},plan:{keys:['a-key-of-20-characters']},...settings,warn:(l:string)=>console.log('  warn',l.slice(0,150))});
    const s=createHttpServer(g).listen(0,'127.0.0.1');await once(s,'listening');const {port}=s.address() as AddressInfo;
    for(const r of reqs){const t=typeof r==='string'&&!r.includes('\r\n')?r+' HTTP/1.1\r\nHost: h\r\n\r\n':r;const a=await raw(port,t);const [h,...b]=a.split('\r\n\r\n');console.log('  '+String(r).split('\r\n')[0].slice(0,60)+' → '+h.split('\r\n')[0].slice(9)+' '+(b.join('|')||'').slice(0,190)+(process.env.H?'\n'+h:''));}
    s.closeAllConnections();s.close();
  }catch(e){console.log('  REFUSED '+(e as Error).message.split('\n').slice(1).map(x=>x.slice(0,230)).join('\n          '))}
}
const lint=(l:string,d:any)=>console.log('  lint '+l+': '+(lintImportDocument(d).map(x=>`${x.effect[0]}${x.fact} ${x.place} ${x.message}`.slice(0,170)).join(' || ')||'none'));

const H='\r\nHost: h\r\n\r\n';
await run('A22',doc({'/items/{id}':{get:op()},'/lit eral':{get:op()}} as any,{}),[]);
await run('A22',doc({'/items/{id}':{get:op()},'/a.b':{get:op()}}),['GET /items/%E2%82%AC','GET /items/a;b=c','GET /items/%','GET /items/a%3Fb?x','GET /items/%00','GET /a%2Eb','GET /items/{x}','GET /items/..','GET http://h/items/1','GET /items/1#f']);
await run('A23',doc({'/a':{get:op()},'/':{get:op()}}),['GET ///prod/a','GET /prod//a','GET /prod','GET /prod/','GET //prod','GET /PROD/a','GET /pro%64/a','GET /prod?x=1','GET prod/a'],{stage:{name:'prod',isInUrl:true}});
await run('A24',doc({'/any':{'x-amazon-apigateway-any-method':op()}}),['LINK /any','PURGE /any','MKCOL /any','get /any','REPORT /any','M-SEARCH /any','OPTIONS *','CONNECT /any','QUERY /any']);
const A=(p:string,a:string)=>`GET ${p} HTTP/1.1\r\nHost: h\r\nAuthorization: ${a}\r\n\r\n`;
await run('A25',doc({'/a':{get:op()}}),[A('/nope','Basic dTpw'),A('/nope','x'),A('/nope','AWS4-HMAC-SHA256 Credential=x'),A('/nope',''),A('/nope','Bearer a=b'),`POST /a HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\nContent-Length: 0\r\n\r\n`]);
process.env.H='';
for(const [n,h,m] of [['crlf',{x:'a\r\ny: 1'}],['tab ok',{x:'a\tb'}],['nul',{x:'a\0'}],['latin',{x:'é'}],['emoji',{x:'😀'}],['name colon',{'a:b':'1'}],['name space end',{'a ':'1'}],['mv',{},{x:['a\nb']}],['mv name',{},{'':['b']}],['number',{x:5}],['null',{x:null}],['bool',{x:true}],['huge',{x:'a'.repeat(20000)}],['content-length',{'content-length':'1'}],['Content-Length mv',{},{'content-length':['1','2']}],['transfer',{'transfer-encoding':'chunked'}],['set-cookie mv',{},{'Set-Cookie':['a=1','b=2']}],['connection',{connection:'close'}],['keep-alive',{'keep-alive':'x'}],['proxy-connection',{'Proxy-Connection':'x'}],['x-amzn-requestid',{'X-Amzn-RequestId':'mine'}],['x-amz-apigw-id',{'X-AMZ-APIGW-ID':'mine'}],['location crlf',{location:'/\n'}],['__proto__',JSON.parse('{"__proto__":"x"}')]] as any){
  process.env.H=['content-length','Content-Length mv','transfer','set-cookie mv','x-amzn-requestid','x-amz-apigw-id','connection','keep-alive','proxy-connection'].includes(n)?'1':'';
  await run('A26 '+n,doc({'/a':{get:op()}}),['GET /a'],{},async()=>({statusCode:200,headers:h,...(m&&{multiValueHeaders:m}),body:'body'}));
}
process.env.H='';
await run('A26 statuses',doc({'/a':{get:op()}}),['GET /a?s=99','GET /a?s=100','GET /a?s=101','GET /a?s=204','GET /a?s=304','GET /a?s=600','GET /a?s=200.5','GET /a?s=0200','GET /a?s=-1','HEAD /a?s=200'],{},async(e:any)=>({statusCode:e.queryStringParameters.s,body:'body'}));
await run('A27',doc({'/a':{get:op()}}),['GET /a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n','GET /a HTTP/1.1\r\nHost:\r\n\r\n','GET /a HTTP/1.1\r\n\r\n','GET /a HTTP/1.0\r\n\r\n','GET /a HTTP/1.1\r\nHost: a b\r\n\r\n','GET /a HTTP/1.1\r\nHost: a,b\r\n\r\n','GET /a HTTP/1.1\r\nHost: a/b\r\n\r\n']);
await run('A28',doc({'/items/{id}':{get:op()},'/items/{id}/parts/{part}':{get:op()},'/g/{p+}':{get:op()}}),['GET /items//','GET /items///','GET /items/1//parts/2','GET /items/1/parts/ ','GET /g//','GET /g','GET /g/','GET /items/%20','GET //items//1']);
await run('A29',doc({'/a':{get:op()}}),['CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n','FOO /a'+' HTTP/1.1'+H,'GET/a HTTP/1.1'+H,'GET  /a HTTP/1.1'+H,'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n','GET /a HTTP/3.0'+H,'\r\nGET /a HTTP/1.1'+H,'\x16\x03\x01\x00\r\n','GET /a HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n','SOURCE /a HTTP/1.1'+H,'VERYLONGMETHODNAME'.repeat(5)+' /a HTTP/1.1'+H]);
await run('A30',doc({'/a':{get:op()},'/':{get:op()}}),['GET /v1/a','GET /v1','GET /v1/','GET /v1a','GET /a','GET /v1/prod/a'],{stage:{name:'prod',basePath:'v1'}});
await run('A30 deep base',doc({'/a':{get:op()}}),['GET /api/v1/a','GET /api/a'],{stage:{name:'prod',basePath:'api/v1'}});
await run('A30 slashes in base',doc({'/a':{get:op()}}),['GET /v1/a'],{stage:{name:'prod',basePath:'/v1/'}});
await run('A30 base + stage',doc({'/a':{get:op()}}),['GET /v1/prod/a','GET /v1/a'],{stage:{name:'prod',basePath:'v1',isInUrl:true}});
