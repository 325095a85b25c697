// Loaded before the CDK CLI and before the app. Whatever they send to a host that is not this machine goes to the server in
// SOMEBODYS_ACCOUNT instead, with the host that was meant. Nothing leaves the machine, and nothing is looked up.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

const { hostname, port } = new URL(process.env['SOMEBODYS_ACCOUNT'] ?? '');

https.request = (options, onResponse) => {
  const { host, hostname: meant = host, method, path, headers } = options;
  const redirected = { hostname, port, method, path, headers: { ...headers, host: meant } };
  return http.request(redirected, onResponse);
};
syncBuiltinESMExports();
