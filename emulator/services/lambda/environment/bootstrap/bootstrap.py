"""The Python runtime of an execution environment: loads the handler once, then asks the Runtime API for one invocation after
the other ("Using the Lambda runtime API for custom runtimes"). What it logs and how it tells of errors is as in Lambda's own
runtime ("Define Lambda function handler in Python", "Logging" and "Exceptions"). It needs Python 3.9."""

import glob
import http.client
import importlib
import json
import logging
import os
import resource
import sys
import time
import traceback

environ = os.environ
TASK_ROOT = environ["LAMBDA_TASK_ROOT"]
TOKEN = environ.pop("_LAMBDA_LOG_TOKEN")
LAYERS = json.loads(environ.pop("_LAMBDA_LAYERS", "[]"))
IS_JSON = environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
for name in ("_LAMBDA_RESPONSE_URL", "_LAMBDA_COMPILE_CACHE"):
    environ.pop(name, None)

# All output goes one way, so that its order is kept.
os.dup2(1, 2)
sys.stdout.reconfigure(line_buffering=True)
sys.stderr.reconfigure(line_buffering=True)


class RuntimeFault(Exception):
    """An error of the runtime's own, by the name under which Lambda reports it."""

    def __init__(self, name, message, trace=()):
        super().__init__(message)
        self.report = {"errorMessage": message, "errorType": f"Runtime.{name}", "requestId": "", "stackTrace": list(trace)}


def write_frame(head, body=b""):
    """Between lines that a function writes itself: one log event of many lines, or the end of an invocation's output."""
    sys.stdout.flush()
    sys.stderr.flush()
    rest = b"\x1e" + f"{TOKEN} {head}\n".encode() + body
    while rest:
        rest = rest[os.write(1, rest) :]


def write_event(text):
    body = text.rstrip("\n").encode("utf-8", "replace")
    write_frame(f"log {len(body)}", body + b"\n")


def output_ended(request_id):
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write_frame(f"end {request_id} {kilobytes * (1 if sys.platform == 'darwin' else 1024)}")


class LambdaHandler(logging.Handler):
    """What the root logger writes by, as in Lambda: text with tabs between, or JSON."""

    request_id = ""

    def emit(self, record):
        try:
            message = record.getMessage()
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
            if IS_JSON:
                write_event(json.dumps(self.fields(record, message, stamp), default=str))
                return
            trace = "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip("\n") if record.exc_info else ""
            millis = int(record.msecs)
            write_event(f"[{record.levelname}]\t{stamp}.{millis:03d}Z\t{self.request_id}\t{message}{trace}")
        except Exception:
            self.handleError(record)

    def fields(self, record, message, stamp):
        fields = {"timestamp": f"{stamp}Z", "level": record.levelname, "message": message, "logger": record.name}
        if record.exc_info and record.exc_info[0]:
            fields["errorType"] = record.exc_info[0].__name__
            fields["errorMessage"] = str(record.exc_info[1])
            fields["stackTrace"] = traceback.format_tb(record.exc_info[2])
        return {**fields, "requestId": self.request_id}


LOG_HANDLER = LambdaHandler()
logging.getLogger().addHandler(LOG_HANDLER)
if environ.get("AWS_LAMBDA_LOG_LEVEL"):
    level = {"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(environ["AWS_LAMBDA_LOG_LEVEL"], environ["AWS_LAMBDA_LOG_LEVEL"])
    logging.getLogger().setLevel(level)


class RuntimeApi:
    """The runtime's side of the Runtime API, over one connection that stays open."""

    def __init__(self, address):
        host, _, self.path = address.partition("/")
        self.connection = http.client.HTTPConnection(host)

    def call(self, method, path, body=None):
        headers = {} if body is None else {"Content-Type": "application/json"}
        self.connection.request(method, f"/{self.path}/2018-06-01/runtime{path}", body, headers)
        response = self.connection.getresponse()
        return response.headers, response.read()


class Context:
    """The context object ("Using the Lambda context object to retrieve Python function information")."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = None
        self.client_context = client_context(headers.get("Lambda-Runtime-Client-Context"))
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class ClientContext:
    def __init__(self, fields):
        self.custom = fields.get("custom")
        self.env = fields.get("env")
        self.client = fields.get("client")


def client_context(text):
    return ClientContext(json.loads(text)) if text else None


def load_handler(name):
    module_name, separator, function_name = name.rpartition(".")
    if not separator:
        raise RuntimeFault("MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)")
    module_name = module_name.replace("/", ".")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        trace = traceback.format_tb(error.__traceback__)
        raise RuntimeFault("ImportModuleError", f"Unable to import module '{module_name}': {error}", trace) from None
    except SyntaxError as error:
        where = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise RuntimeFault("UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", where) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise RuntimeFault("HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'") from None


def report_of(error, request_id):
    """What the caller gets. The frames of this file are not the function's."""
    if isinstance(error, RuntimeFault):
        return {**error.report, "requestId": request_id}
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename != __file__]
    trace = traceback.format_list(own)
    return {"errorMessage": str(error), "errorType": type(error).__name__, "requestId": request_id, "stackTrace": trace}


def log_error(report):
    if IS_JSON:
        write_event(json.dumps({"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "log_level": "ERROR", **report}))
        return
    trace = "".join(report["stackTrace"])
    head = "\nTraceback (most recent call last):\n" if trace else ""
    write_event(f"[ERROR] {report['errorType']}: {report['errorMessage']}{head}{trace}")


def answer(handler, event, context):
    result = handler(event, context)
    try:
        return json.dumps(result, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise RuntimeFault("MarshalError", f"Unable to marshal response: {error}") from None


def run(api, handler):
    while True:
        headers, body = api.call("GET", "/invocation/next")
        context = Context(headers)
        request_id = LOG_HANDLER.request_id = context.aws_request_id
        environ["_X_AMZN_TRACE_ID"] = headers.get("Lambda-Runtime-Trace-Id", "")
        try:
            path, sent = "response", answer(handler, json.loads(body), context)
        except SystemExit:
            raise
        except BaseException as error:
            report = report_of(error, request_id)
            log_error(report)
            path, sent = "error", json.dumps(report).encode()
        # Everything the handler wrote is ahead of this mark, so that the endpoint knows when it has read all of it.
        output_ended(request_id)
        api.call("POST", f"/invocation/{request_id}/{path}", sent)


def main():
    for layer in LAYERS:
        sys.path[1:1] = [os.path.join(layer, "python"), *glob.glob(os.path.join(layer, "python/lib/python3*/site-packages"))]
    sys.path[0] = TASK_ROOT
    api = RuntimeApi(environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(environ["_HANDLER"])
    except Exception as error:
        report = report_of(error, "")
        log_error(report)
        output_ended("init")
        api.call("POST", "/init/error", json.dumps(report).encode())
        sys.exit(1)
    try:
        run(api, handler)
    except (http.client.HTTPException, OSError):
        # Without the endpoint there is nothing left to do.
        sys.exit(1)


main()
