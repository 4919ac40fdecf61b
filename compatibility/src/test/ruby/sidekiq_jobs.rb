# frozen_string_literal: true

# The application: what the workers of test_sidekiq.rb load, and what the tests give them to do.
require "sidekiq"

Redis.sadd_returns_boolean = false # Sidekiq does not mind; else the client warns at each job.

URL = "redis://127.0.0.1:#{ENV.fetch("NARU_PORT")}/3"
Sidekiq.configure_client { |config| config.redis = {url: URL} }
Sidekiq.configure_server do |config|
  config.redis = {url: URL}
  config.options[:poll_interval_average] = 0.1 # Seconds, instead of 15, between looks for what is due.
end

JOURNAL = Redis.new(url: URL)

class Note
  include Sidekiq::Job

  def perform(text)
    JOURNAL.rpush("journal", text)
  end
end

class Flaky
  include Sidekiq::Job
  sidekiq_options retry: 3

  def perform(text)
    raise "not yet" if JOURNAL.incr("tries of #{text}") == 1

    JOURNAL.rpush("journal", text)
  end
end

class Hopeless
  include Sidekiq::Job
  sidekiq_options retry: 0

  def perform
    raise "never"
  end
end

# Does not end before the gate is open.
class Slow
  include Sidekiq::Job

  def perform(text)
    JOURNAL.rpush("begun", text)
    sleep(0.02) until JOURNAL.exists?("gate is open")
    JOURNAL.rpush("journal", text)
  end
end
