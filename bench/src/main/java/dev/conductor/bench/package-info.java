/**
 * What things cost: JMH benchmarks. Build with {@code mvn package}, then {@code java -jar
 * bench/target/benchmarks.jar -l} lists them.
 *
 * <p>Threads: JMH's.
 *
 * <p>Imports: any of ours.
 */
package dev.conductor.bench;
