#!/bin/sh
# Makes the start-up cache of the distribution that Maven has just packed, so that the brokers of the
# tests start as those of users do.
set -eu
cd "$(dirname "$0")/.."
. tools/jdk.sh
. tools/build.sh
need_jdk
mkdir -p target
train_dist
