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

const mock=(m:object,resp:object={'200':{},'404':{},'204':{}})=>({responses:resp,[I]:{type:'mock',...m}});
const rt=(t:string)=>({requestTemplates:{'application/json':t}});
const q={name:'q',in:'query',required:true,schema:{type:'string'}};
const bytes=Buffer.from([0xff,0xd8,0xff,0,0x80]);
const post=(path:string,ct:string,accept:string,b=bytes)=>Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\nHost: h\r\nContent-Type: ${ct}\r\nAccept: ${accept}\r\nContent-Length: ${b.length}\r\n\r\n`),b]);
const bin=(t:string[])=>({'x-amazon-apigateway-binary-media-types':t});
await run('A12 IMAGE/JPEG; type with charset; image/*',doc({'/a':{post:op()}},bin(['IMAGE/JPEG','application/octet-stream','image/*'])),[post('/a','image/jpeg; x=1','*/*'),post('/a','Application/Octet-Stream','x'),post('/a','image/png','x'),post('/a','text/plain','x')]);
await run('A12 convert to text',doc({'/a':{post:op(L('f',{contentHandling:'CONVERT_TO_TEXT'}))},'/b':{post:op(L('f',{contentHandling:'CONVERT_TO_BINARY'}))}},bin(['image/jpeg'])),[post('/a','image/jpeg','*/*'),post('/b','text/plain','*/*')]);
await run('A12 out: several accept, invalid base64, isBase64 without list',doc({'/a':{get:op()}},bin(['image/png'])),['GET /a HTTP/1.1\r\nHost: h\r\nAccept: image/png\r\n\r\n','GET /a HTTP/1.1\r\nHost: h\r\nAccept: image/PNG, */*\r\n\r\n','GET /a HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n'],{},async()=>({isBase64Encoded:true,body:'!!! not base64',headers:{'Content-Type':'image/png'}}));
await run('A13',doc({'/a':{get:op()}},{[R]:{MISSING_AUTHENTICATION_TOKEN:{statusCode:404,responseTemplates:{}},INVALID_API_KEY:{},DEFAULT_5XX:{responseParameters:{}}}}),['GET /z']);
await run('A13 null members',doc({'/a':{get:op()}},{[R]:{MISSING_AUTHENTICATION_TOKEN:null}}),['GET /z']);
await run('A13 template xml + text type',doc({'/a':{get:op()}},{[R]:{DEFAULT_4XX:{responseTemplates:{'application/xml':'<m>$context.error.message</m>'}}}}),['GET /z','GET /z HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\n\r\n']);
process.env.H='1';
await run('A14',doc({'/a/{id}':{get:op({parameters:[q],[V]:'p'}),options:mock({...rt('{"statusCode":200}'),responses:{default:{statusCode:'200',responseParameters:{'method.response.header.X':"'a''b'",'method.response.header.Y':'context.httpMethod','method.response.header.Z':'stageVariables.none'}}}},{'200':{headers:{X:{},Y:{},Z:{}}}})}},{[VS]:{p:{validateRequestParameters:true}},[R]:{DEFAULT_4XX:{responseParameters:{'gatewayresponse.header.X-Id':'method.request.path.id','gatewayresponse.header.X-Err':'context.error.responseType','gatewayresponse.header.X-M':'context.error.message','gatewayresponse.header.X-Ip':'context.identity.sourceIp','gatewayresponse.header.X-R':'context.resourcePath','gatewayresponse.header.X-H':'method.request.multivalueheader.a','gatewayresponse.querystring.q':"'1'",'gatewayresponse.header.Transfer-Encoding':"'chunked'",'gatewayresponse.header.Content-Length':"'1'"}}}}),['GET /a/7 HTTP/1.1\r\nHost: h\r\na: 1\r\nA: 2\r\n\r\n','OPTIONS /a/7']);
delete process.env.H;
await run('A14 mock maps method.request',doc({'/a':{get:mock({...rt('{"statusCode":200}'),responses:{default:{statusCode:'200',responseParameters:{'method.response.header.X':'method.request.header.origin'}}}},{'200':{headers:{X:{}}}})}}),[]);
await run('A15 chain, outside, into path, circle',doc({'/a':{get:op({parameters:[{$ref:'#/components/parameters/A'}],[V]:'p'})},'/b':{get:op({parameters:[{$ref:'#/paths/~1a/get/parameters/0'}],[V]:'p'})}},{[VS]:{p:{validateRequestParameters:true}},components:{parameters:{A:{$ref:'#/components/parameters/B'},B:q}}}),['GET /a','GET /b']);
await run('A15 other file; circle',doc({'/a':{get:op({parameters:[{$ref:'x.yaml#/Q'}]})},'/b':{get:op({parameters:[{$ref:'#/components/parameters/A'}]})}},{components:{parameters:{A:{$ref:'#/components/parameters/A'}}}}),[]);
await run('A16 path level: $ref; case of header',doc({'/a':{parameters:[{$ref:'#/components/parameters/H'}],get:op({[V]:'p'}),post:op({[V]:'p',parameters:[{name:'x-h',in:'query',required:false}]})}},{[VS]:{p:{validateRequestParameters:true}},components:{parameters:{H:{name:'X-H',in:'header',required:true}}}}),['GET /a','GET /a HTTP/1.1\r\nHost: h\r\nx-h: 1\r\n\r\n','POST /a']);
const U=(s:string)=>({responses:{},[I]:{type:'aws_proxy',httpMethod:'POST',uri:s}});
const F='arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/';
await run('A17 alias, version, partial arn, whole uri var, unknown',doc({'/a':{get:U(F+'arn:aws:lambda:us-east-1:1:function:one:live/invocations')},'/b':{get:U('${stageVariables.uri}')},'/c':{get:U(F+'arn:aws:lambda:us-east-1:1:function:${stageVariables.a}-${stageVariables.b}/invocations')},'/d':{get:U(F+'${stageVariables.arn}/invocations')}}),['GET /a','GET /b','GET /c','GET /d'],{functions:{one:async()=>({body:'one'}),'x-y':async()=>({body:'x-y'})},stage:{name:'prod',variables:{uri:F+'arn:aws:lambda:us-east-1:1:function:one/invocations',a:'x',b:'y',arn:'arn:aws:lambda:us-east-1:1:function:one:$LATEST'}}});
await run('A17 missing, proto',doc({'/a':{get:op(L('constructor'))},'/b':{get:op(L('two'))},'/c':{get:U(F+'${stageVariables.}/invocations')}}),[],{functions:{one:async()=>({})}});
console.log('\n# A18');lint('greedy names',doc({'/{a+}':{get:op()},'/{b}':{get:op()}}));lint('same name',doc({'/{a}':{get:op()},'/{a}/b':{get:op()},'/x/{c}':{get:op()}}));lint('trailing slash dup',doc({'/a':{get:op()},'/a/':{get:op()}}));lint('param twice',doc({'/a/{b}/{b}':{get:op()}}));
console.log('\n# A19');for(const v of ['3.0.1','3.0.4','3.1.1','3','3.0','4.0.0','v3.0.1',' 3.0.1']) lint(v,{...doc({'/a':{get:op()}}),openapi:v});lint('3.1 number',{...doc({'/a':{get:op()}}),openapi:3.1});lint('swagger 2',{...doc({}),openapi:undefined,swagger:2.0});lint('swagger 1.2',{swagger:'1.2',paths:{}});
console.log('\n# A20');lint('yaml tag left GetAtt',doc({'/a':{get:U('${LambdaFunction.Arn}')}}));lint('Fn::Join security',doc({'/a':{get:op({security:[{k:{'Fn::If':[1]}}]})}}));lint('mustache',doc({'/a':{get:U('{{arn}}')}}));lint('serverless ${self:',doc({'/a':{get:U('arn:aws:apigateway:${self:provider.region}:lambda:path/x')}}));lint('<%= %>',doc({'/a':{get:U('arn:aws:apigateway:<%= region %>:lambda:path/2015-03-31/functions/x/invocations')}}));lint('whole path Fn::Transform',doc({'Fn::Transform':{Name:'AWS::Include'}} as any));lint('placeholder in path',doc({'/${path}':{get:op()}}));lint('placeholder in mapping',doc({'/a':{get:mock({...rt('{"statusCode":200}'),responses:{default:{statusCode:'200',responseParameters:{'method.response.header.X':"'${origin}'"}}}},{'200':{headers:{X:{}}}})}}));lint('placeholder gateway resp',doc({'/a':{get:op()}},{[R]:{DEFAULT_4XX:{responseParameters:{'gatewayresponse.header.X':"'${origin}'"}}}}));lint('providerARNs',doc({'/a':{get:op()}},{components:{securitySchemes:{c:{type:'apiKey',name:'Authorization',in:'header','x-amazon-apigateway-authtype':'cognito_user_pools','x-amazon-apigateway-authorizer':{type:'cognito_user_pools',providerARNs:['${arn}']}}}}}));
console.log('\n# A21');const sch=(s:object)=>doc({'/a':{get:op()}},{components:{schemas:{A:s}}});for(const s of [{type:'object',required:[]},{required:'a'},{properties:{a:{required:true}}},{pattern:'[a'},{pattern:'(?P<x>a)'},{type:'object',properties:null},{items:{type:'foo'}},{minLength:1.5},{enum:[1,1]},{allOf:[{required:[]}]},{additionalProperties:{pattern:'*'}},{patternProperties:{'(':{}}},{dependencies:{a:[]}},{definitions:{X:{required:[]}}},{not:{enum:[]}},{type:'object',maximum:'5'}]) lint(JSON.stringify(s),sch(s));
