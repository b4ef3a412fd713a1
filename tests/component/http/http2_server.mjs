// An HTTP/2 server for http2_test.cpp, because that is no protocol to write by hand.
// node http2_server.mjs PEM: prints its port, ends when its standard input does.
import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';

const pem = readFileSync(process.argv[2]);
const server = createSecureServer({ cert: pem, key: pem, allowHTTP1: true });
let sessions = 0;
let waiting = [];
server.on('session', () => ++sessions);
server.on('request', (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'https://h');
  if (pathname === '/version') return response.end(request.httpVersion);
  if (pathname === '/sessions') return response.end(String(sessions));
  if (pathname === '/cut') {
    response.writeHead(200);
    response.write('half', () => response.stream.close(2)); // INTERNAL_ERROR
    return;
  }
  if (pathname === '/hang-up') return response.stream.session.destroy();
  // Nobody is answered before `lanes` have asked.
  waiting.push(response);
  if (waiting.length < Number(searchParams.get('lanes'))) return;
  waiting.forEach((each) => each.end('together'));
  waiting = [];
});
server.on('sessionError', () => {});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
