/// Naru and redis-server side by side in one run, driven by redis-benchmark.
@NullMarked
package naru.benchmarks.beside;

import org.jspecify.annotations.NullMarked;
