import { strToU8, zipSync } from 'fflate';

/**
 * The deployment package that CloudFormation makes of code that stands in the template: `index.js` with the module
 * `cfn-response` beside it, or `index.py` with `cfnresponse`. Source: CloudFormation User Guide, "AWS::Lambda::Function Code", `ZipFile`.
 */
export function inlineCode(source: string, runtime: string): Uint8Array {
  if (runtime.startsWith('python')) {
    return zipSync({ 'index.py': strToU8(source), 'cfnresponse.py': strToU8(cfnResponseOfPython) });
  }
  return zipSync({ 'index.js': strToU8(source), 'node_modules/cfn-response/index.js': strToU8(cfnResponse) });
}

/**
 * As the "cfn-response module" page shows it, but that it also answers over plain HTTP, which this endpoint speaks.
 * `send` returns a promise for `async` handlers; `context.done` is there for older runtimes only.
 */
const cfnResponse = `exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const url = new URL(event.ResponseURL);
  const { request } = require(url.protocol === 'http:' ? 'http' : 'https');
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PUT', headers }, (answer) => answer.resume().on('end', resolve));
    sent.on('error', reject);
    sent.end(body);
  }).then(
    () => context.done && context.done(),
    (error) => {
      if (!context.done) throw error;
      context.done(error);
    },
  );
};
`;

/** The same for Python, with what comes with it alone. */
const cfnResponseOfPython = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: " + context.log_stream_name,
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode()
    request = urllib.request.Request(event["ResponseURL"], data=body, method="PUT", headers={"content-type": ""})
    with urllib.request.urlopen(request) as response:
        print("Status code:", response.status)
`;
