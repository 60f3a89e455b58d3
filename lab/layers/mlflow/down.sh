#!/usr/bin/env bash
# down.sh: has nothing to remove, because 'pulumi destroy' removes the image of a stack from the nodes.
