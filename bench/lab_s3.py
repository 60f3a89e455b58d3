"""The S3 server of the lab's layer s3, which runs on this machine and keeps the objects as files."""

import re

from lab_stack import home, run

BUCKET = "mlops-primer"


def credentials():
    lines = (home() / "state/s3/credentials").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def use(prefix):
    """Sets the stack's store to a prefix of the server's bucket, with the reader's keys for the API."""
    keys = credentials()
    run("pulumi", "config", "set", "store", f"s3://{BUCKET}/{prefix}")
    run("pulumi", "config", "set", "s3Endpoint", keys["S3_ENDPOINT"])
    for key in ("S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_READER_ACCESS_KEY", "S3_READER_SECRET_KEY"):
        setting = re.sub(r"_(\w)", lambda match: match[1].upper(), key.lower())
        run("pulumi", "config", "set", "--secret", setting, keys[key])


def file_of(key):
    """Returns the file in which the server keeps an object."""
    return home() / "state/s3/data" / BUCKET / key


def requests_of_api():
    """Returns how many requests with the API's keys are in the server's access log."""
    reader = credentials()["S3_READER_ACCESS_KEY"]
    return sum(f" {reader} " in line for line in (home() / "state/s3/access.log").open())
