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
await run('A1 security {} alternative',doc({'/a':{get:op({security:[{}]})}}),['GET /a']);
await run('A1 root key security, op none',doc({'/a':{get:op()}},{security:[{k:[]}],components:{securitySchemes:{k:{type:'apiKey',name:'x-api-key',in:'header'}}}}),['GET /a']);
await run('A1 security: null',doc({'/a':{get:op({security:null})}}),['GET /a']);
console.log('\n# A2');lint('components null',doc({'/a':{get:op()}},{components:null}));lint('paths null',doc(null as any));lint('item null',doc({'/a':null}));lint('item $ref',doc({'/a':{$ref:'#/components/x'}}));lint('response null',doc({'/a':{get:{...op(),responses:null}}}));lint('schemas list',doc({'/a':{get:op()}},{components:{schemas:[1]}}));lint('description',doc({'/a':{description:'x',servers:[],get:op()}}));
await run('A3 timeout as text + null',doc({'/a':{get:op(L('f',{timeoutInMillis:'29000'}))},'/b':{get:op(L('f',{timeoutInMillis:null}))}}),['GET /a','GET /b'],{},async()=>{await new Promise(r=>setTimeout(r,20));return{body:'ok'}});
await run('A4',doc({'/a/{p+}':{get:op()},'/{x}':{get:op()}}),['GET /a/b/','GET /a//b','GET /a/','GET /a','GET /a/%2F/..','GET /','GET //']);
await run('A5',doc({'/{a}/{b}':{get:op({operationId:'ab'})},'/x/{r+}':{'x-amazon-apigateway-any-method':op()},'/x/y':{options:op()}}),['GET /x/y','GET /q/y','HEAD /x/y','OPTIONS /x/y','OPTIONS /q/y']);
await run('A6 aws_proxy to sqs',doc({'/a':{get:{responses:{},[I]:{type:'aws_proxy',httpMethod:'POST',uri:'arn:aws:apigateway:us-east-1:sqs:path/1/q'}}}}),[]);
await run('A6 HTTP caps; ws uri',doc({'/a':{get:{responses:{},[I]:{type:'HTTP',httpMethod:'GET',uri:'http://127.0.0.1:1'}},post:{responses:{},[I]:{type:'http_proxy',httpMethod:'GET',uri:'ftp://x'}}}}),[]);
await run('A6 AWS lambda non proxy',doc({'/a':{get:op(L('f',{type:'AWS'}))}}),[]);
await run('A7 authorizer w/o authtype; required via $ref; unused scheme',doc({'/a':{get:op({security:[{t:[]}]})},'/b':{get:op()}},{components:{securitySchemes:{t:{type:'apiKey',name:'x-api-key',in:'header','x-amazon-apigateway-authorizer':{type:'request'}}}}}),['GET /a']);
await run('A7 unused authorizer',doc({'/b':{get:op()}},{components:{securitySchemes:{t:{type:'apiKey',name:'Authorization',in:'header','x-amazon-apigateway-authtype':'custom','x-amazon-apigateway-authorizer':{type:'token'}}}}}),['GET /b']);
await run('A7 auth at path item / root',doc({'/b':{'x-amazon-apigateway-auth':{type:'AWS_IAM'},get:op()}},{'x-amazon-apigateway-auth':{type:'AWS_IAM'}}),['GET /b']);
await run('A7 oauth2 scheme required w/o authorizer',doc({'/b':{get:op({security:[{o:['x']}]})}},{components:{securitySchemes:{o:{type:'oauth2',flows:{}}}}}),['GET /b']);
await run('A7 apiKey in query named x-api-key',doc({'/b':{get:op({security:[{o:[]}]})}},{components:{securitySchemes:{o:{type:'apiKey',name:'x-api-key',in:'query'}}}}),['GET /b']);
const mock=(m:object,resp:object={'200':{},'404':{},'204':{}})=>({responses:resp,[I]:{type:'mock',...m}});
const rt=(t:string)=>({requestTemplates:{'application/json':t}});
await run('A8/A9',doc({'/a':{get:mock({...rt('{"statusCode":200}'),responses:{'2\\d{2}':{statusCode:'200'}}})},'/b':{get:mock({...rt("{'statusCode':404}"),responses:{default:{statusCode:200},'404':{statusCode:404,responseTemplates:{'text/html':'<p>gone</p>'}}}})},'/c':{get:mock({...rt('  {\n "statusCode" : 200,\n "a": 1 }'),responses:{default:{statusCode:'200',responseTemplates:{'application/json':'{"cost":"5$"}'}}}})},'/d':{get:mock({...rt('{"a":{"statusCode":404}, "statusCode":200}'),responses:{default:{statusCode:'200'},'404':{statusCode:'404'}}})},'/e':{get:mock({...rt('{"statusCode": 200}'),responses:{default:{statusCode:'200',responseTemplates:{'application/json':''}}}})},'/f':{get:mock({responses:{default:{statusCode:'200'}}})}}),['GET /a','GET /b','GET /c','GET /d','GET /e','GET /f']);
await run('A9 vtl',doc({'/a':{get:mock({...rt('{"statusCode": $context.status}'),responses:{default:{statusCode:'200',responseTemplates:{'application/json':'## hi\n{}'}}}})}}),[]);
await run('A9 vtl2',doc({'/a':{get:mock({...rt('{"statusCode":200}'),responses:{default:{statusCode:'200',responseTemplates:{'application/json':'${context.requestId} $!x #[[a]]# $\\{a}'}}}})}}),[]);
const q={name:'q',in:'query',required:true,schema:{type:'string'}};
const vs={[VS]:{p:{validateRequestParameters:true},b:{validateRequestBody:true},s:{validateRequestParameters:'true'}}};
await run('A10',doc({'/a':{get:op({parameters:[q]}),options:{...mock({...rt('{"statusCode":200}'),responses:{default:{statusCode:'200'}}}),parameters:[q]}},'/b':{get:op({parameters:[q],[V]:'b'})},'/c':{'x-amazon-apigateway-any-method':op({parameters:[q]})}},{...vs,[V]:'p'}),['GET /a','OPTIONS /a','GET /b','DELETE /c','GET /a?q','GET /a?q=%20','GET /a?q=1']);
await run('A10 unknown root',doc({'/a':{get:op()}},{[V]:'zz'}),[]);await run('A10 text flags',doc({'/a':{get:op({parameters:[q],[V]:'s'})}},vs),['GET /a']);
await run('A11',{swagger:'2.0',info:{},paths:{'/a':{get:op()}}},[]);await run('A11 both',{...doc({'/a':{get:op()}}),swagger:'2.0'},[]);await run('A11 number',{swagger:2,info:{},paths:{}},[]);
