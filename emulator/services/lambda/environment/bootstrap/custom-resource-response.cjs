/**
 * The answers of custom resources go to a presigned URL of S3 on AWS, so their handlers speak `https` to port 443, whatever the
 * URL says. Here the URL is one of the endpoint, which speaks plain HTTP: a request by `https` for that host and path takes the
 * way that the URL names. Every other request is left as it is.
 */
const { syncBuiltinESMExports } = require('node:module');
const { urlToHttpOptions } = require('node:url');

/** @param {string} responseUrl how the URLs begin that answers are PUT to */
exports.routeResponses = (responseUrl) => {
  const http = require('node:http');
  const https = require('node:https');
  const { host, hostname, port, pathname } = new URL(responseUrl);
  const isResponse = (options) =>
    [host, hostname].includes(options.hostname ?? options.host) &&
    ['', '443', port].includes(String(options.port ?? '')) &&
    String(options.path).startsWith(pathname);

  for (const method of ['request', 'get']) {
    const secure = https[method];
    https[method] = (...parameters) => {
      const options = optionsOf(parameters);
      if (!isResponse(options)) {
        return secure(...parameters);
      }
      const plain = { ...options, protocol: 'http:', host: hostname, hostname, port, agent: undefined };
      return http[method](
        plain,
        parameters.find((parameter) => typeof parameter === 'function'),
      );
    };
  }
  syncBuiltinESMExports();
};

/** The options of a request, in whichever form it comes: a URL, a URL and options, or options alone. */
function optionsOf([first, second]) {
  if (typeof first !== 'string' && !(first instanceof URL)) {
    return first ?? {};
  }
  return { ...(URL.canParse(first) && urlToHttpOptions(new URL(first))), ...(typeof second === 'object' && second) };
}
