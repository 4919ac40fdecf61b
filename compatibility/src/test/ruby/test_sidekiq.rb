# frozen_string_literal: true

# Sidekiq, unmodified, with workers in processes of their own.
require "minitest/autorun"
require "rbconfig"
require "sidekiq/api"
require "tempfile"
require_relative "sidekiq_jobs"

PATIENCE_SECONDS = 40

# A process of Sidekiq; the queues are looked through in their order.
class Worker
  attr_reader :pid

  def initialize(tag, threads)
    @log = Tempfile.new("sidekiq")
    command = ["sidekiq", "-r", File.join(__dir__, "sidekiq_jobs.rb"), "-c", threads.to_s, "-t", "1", "-g", tag]
    command += %w[-q high -q default -q low]
    @pid = Process.spawn(*command, in: File::NULL, out: @log.path, err: @log.path)
  end

  def end_with(signal)
    return unless @pid

    Process.kill(signal, @pid)
    Process.wait(@pid)
    @pid = nil
  end

  def said
    File.read(@log.path).lines.last(30).join
  end
end

class SidekiqTest < Minitest::Test
  def setup
    JOURNAL.flushdb
    @workers = []
  end

  def teardown
    @workers.each { |worker| worker.end_with("KILL") }
  end

  def start(tag, threads: 2)
    @workers << Worker.new(tag, threads)
    @workers.last
  end

  def await(what)
    limit = Process.clock_gettime(Process::CLOCK_MONOTONIC) + PATIENCE_SECONDS
    until yield
      if Process.clock_gettime(Process::CLOCK_MONOTONIC) > limit
        flunk("never: #{what}\n#{@workers.map(&:said).join("\n")}")
      end
      sleep(0.02)
    end
  end

  def journal
    JOURNAL.lrange("journal", 0, -1)
  end

  def test_each_job_is_done_once_by_one_of_two_workers
    Sidekiq::Client.push_bulk("class" => Note, "args" => (0...200).map { |n| [n] })
    assert_equal(200, Sidekiq::Queue.new.size)
    start("one")
    start("two")
    await("all jobs are done") { journal.size == 200 }
    assert_equal((0...200).to_a, journal.map(&:to_i).sort)
    await("the counts are told") { Sidekiq::Stats.new.processed == 200 }
    assert_equal(0, Sidekiq::Stats.new.enqueued)
    await("both processes are known") { Sidekiq::ProcessSet.new.map { |it| it["tag"] }.sort == %w[one two] }
  end

  def test_queues_are_served_by_their_rank_and_each_in_its_order
    (0...10).each { |n| Note.set(queue: "low").perform_async("low #{n}") }
    (0...10).each { |n| Note.set(queue: "high").perform_async("high #{n}") }
    start("one", threads: 1)
    await("all jobs are done") { journal.size == 20 }
    assert_equal((0...10).map { |n| "high #{n}" } + (0...10).map { |n| "low #{n}" }, journal)
  end

  def test_jobs_for_later_come_when_they_are_due
    Note.perform_in(0.8, "later")
    Note.perform_in(0.3, "soon")
    Note.perform_in(3600, "not today")
    Note.perform_async("now")
    assert_equal(3, Sidekiq::ScheduledSet.new.size)
    start("one")
    await("what is due is done") { journal.size == 3 }
    assert_equal(%w[later now soon], journal.sort)
    assert_equal(["not today"], Sidekiq::ScheduledSet.new.map { |job| job.args.first })
    assert_equal(1, Sidekiq::ScheduledSet.new.clear)
  end

  def test_a_failed_job_is_kept_for_another_try_and_the_hopeless_for_who_looks_after_it
    Flaky.perform_async("flaky")
    Hopeless.perform_async
    start("one")
    await("one waits for its next try") { Sidekiq::RetrySet.new.size == 1 }
    await("one is given up") { Sidekiq::DeadSet.new.size == 1 }
    failed = Sidekiq::RetrySet.new.first
    assert_equal(["Flaky", "not yet"], [failed.klass, failed["error_message"]])
    assert_operator(failed.at, :>, Time.now)
    assert_equal("never", Sidekiq::DeadSet.new.first["error_message"])
    Sidekiq::RetrySet.new.retry_all
    await("it is done at the second try") { journal == ["flaky"] }
    assert_equal(0, Sidekiq::RetrySet.new.size)
  end

  def test_a_worker_told_to_end_gives_back_what_it_has_not_done
    worker = start("one")
    Slow.perform_async("a")
    Slow.perform_async("b")
    Slow.perform_async("c")
    await("two have begun") { JOURNAL.llen("begun") == 2 }
    worker.end_with("TERM")
    assert_equal(3, Sidekiq::Queue.new.size)
    JOURNAL.set("gate is open", 1)
    start("two")
    await("another does them") { journal.size == 3 }
    assert_equal(%w[a b c], journal.sort)
  end

  # The free edition takes a job out of its queue before it does it.
  def test_a_killed_worker_loses_what_it_was_doing_and_nothing_else
    worker = start("one")
    (0...30).each { |n| Slow.perform_async(n) }
    await("two have begun") { JOURNAL.llen("begun") == 2 }
    in_hand = JOURNAL.lrange("begun", 0, -1)
    worker.end_with("KILL")
    JOURNAL.set("gate is open", 1)
    start("two")
    await("another does the rest") { journal.size == 28 }
    assert_equal((0...30).map(&:to_s) - in_hand, journal.sort_by(&:to_i))
    assert_equal(0, Sidekiq::Queue.new.size)
  end

  def test_jobs_outlive_the_brokers_being_killed_and_workers_come_back_to_it
    start("one")
    Note.perform_async("before")
    await("it works") { journal == ["before"] }
    (0...20).each { |n| Note.set(queue: "asleep").perform_async(n) }
    Note.perform_in(3600, "not today")
    kill_and_restart
    assert_equal((0...20).to_a.reverse, Sidekiq::Queue.new("asleep").map { |job| job.args.first })
    assert_equal(["not today"], Sidekiq::ScheduledSet.new.map { |job| job.args.first })
    Note.perform_async("after")
    await("it works again") { journal == %w[before after] }
  end

  # Has the broker killed with SIGKILL and started again, by whoever runs this script.
  def kill_and_restart
    $stdout.puts("@kill-and-restart")
    $stdout.flush
    assert_equal("done", $stdin.gets&.strip)
  end
end
