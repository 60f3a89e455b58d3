# What `vagrant up` does on the host, around the nodes: it examines this machine first, writes
# infra-context/ (kubeconfigs, ssh-config, known_hosts; for the owner's eyes only), and lets workers
# join and leave.
require 'fileutils'
require 'open3'

module Cluster
  ROOT = File.expand_path('..', __dir__)
  CONTROL_PLANE = 'kube-control-plane'.freeze
  SCRIPTS = '/opt/mlops-primer/cluster/node'.freeze

  # A whole number from the environment.
  def self.number(name, default, range)
    value = Integer(ENV.fetch(name, default.to_s), 10, exception: false)
    return value if value && range.cover?(value)

    abort "#{name}=#{ENV[name]}: a whole number in #{range} is needed"
  end

  # The box that versions.env gives that name, or the user's own.
  def self.box(config, name)
    versions = File.read(File.join(__dir__, 'versions.env')).scan(/^(\w+)=(.*)$/).to_h
    config.vm.box = ENV.fetch('BOX', versions.fetch(name))
    config.vm.box_version = versions.fetch("#{name}_VERSION") unless ENV.key?('BOX')
  end

  # Whether Vagrant has made that machine, with whatever provider, and not destroyed it.
  def self.exists?(name)
    !Dir.glob(File.join(ENV.fetch('VAGRANT_DOTFILE_PATH', '.vagrant'), 'machines', name, '*', 'id'), base: ROOT).empty?
  end

  # The directories that a node sees, for reading: how it is provisioned, from what, and with which changes.
  # Halting and destroying need none; that a bundle is missing is for the doctor and the node to say.
  def self.share(config, bundle, overlay, **options)
    { cluster: 'cluster', bundle: bundle, overlay: overlay }.each do |name, directory|
      next if directory.empty? || !File.directory?(File.expand_path(directory, ROOT))

      config.vm.synced_folder directory, "/opt/mlops-primer/#{name}", **options
    end
  end

  # The files in infra-context/. Nodes come up in parallel: one at a time writes.
  class Context
    DIRECTORY = File.join(ROOT, 'infra-context')

    def self.open
      FileUtils.mkdir_p(DIRECTORY, mode: 0o700)
      File.open(File.join(DIRECTORY, '.lock'), File::CREAT | File::RDWR, 0o600) do |lock|
        lock.flock(File::LOCK_EX)
        yield new
      end
    end

    def self.path(name)
      File.join(DIRECTORY, name)
    end

    def write(name, content)
      File.open("#{Context.path(name)}.new", File::CREAT | File::TRUNC | File::WRONLY, 0o600) { |file| file.write(content) }
      File.rename("#{Context.path(name)}.new", Context.path(name))
    end

    # A file of one paragraph a node, the node's name in its first line.
    def get(name, node)
      paragraphs(name, node).first.first&.strip
    end

    # No text: no paragraph.
    def put(name, node, text)
      write(name, [*paragraphs(name, node).last, text].compact.map { |paragraph| "#{paragraph.strip}\n" }.join("\n"))
    end

    def remove(*names)
      FileUtils.rm_f(names.map { |name| Context.path(name) })
    end

    private

    # The node's own, and the others.
    def paragraphs(name, node)
      all = File.exist?(Context.path(name)) ? File.read(Context.path(name)).split("\n\n") : []
      all.partition { |paragraph| paragraph.lines.first.match?(/\b#{node}\b/) }
    end
  end

  # The host's side of one node.
  class Host
    def initialize(machine)
      @machine = machine
      @name = machine.name.to_s
    end

    # Before a node is started: fails with what is wrong on this machine, and what to do.
    def examine(api_port)
      return if @machine.state.id == :running

      run(File.join(ROOT, 'cluster/doctor'), '--before-up', @machine.provider_name.to_s, @name, api_port.to_s)
    end

    # After a node was started: this machine can reach it, and it belongs to the cluster.
    def connect(api_port)
      return unless @machine.state.id == :running

      # Before that it may still have the host keys of its box.
      unless @machine.communicate.test('test -e /etc/kubeadm/provisioned')
        raise Failure, "#{@name} was not provisioned to the end: see above, then 'vagrant provision #{@name}'"
      end

      record_access
      # Vagrant may have configured the network anew since the node booted, and routes go with that.
      ssh(@name, 'systemctl', 'restart', 'pod-network')
      if @name == CONTROL_PLANE
        record_kubeconfigs(api_port)
      else
        wait_for_control_plane
        join
      end
      ssh(CONTROL_PLANE, "#{SCRIPTS}/await-ready", @name, capture(@name, "#{SCRIPTS}/kubelet-since").strip)
    end

    # After a node was destroyed: no trace of it here or in the cluster.
    def forget
      return unless @machine.state.id == :not_created

      Context.open do |context|
        %w[ssh-config known_hosts].each { |file| context.put(file, @name, nil) }
        if @name == CONTROL_PLANE
          context.remove('admin.conf', 'local-admin.conf')
        elsif known?(CONTROL_PLANE)
          system(*ssh_command(CONTROL_PLANE, "#{SCRIPTS}/dismiss", @name)) ||
            warn("#{@name} may still be a node of the cluster: see above; if it stays, 'kubectl delete node #{@name}'")
        end
        FileUtils.rm_rf(Context::DIRECTORY) if File.empty?(Context.path('ssh-config'))
      end
    end

    private

    # Vagrant's own connection verifies no host key: the first one it finds is trusted, and has to stay.
    def record_access
      info = @machine.ssh_info
      address = info[:port].to_i == 22 ? info[:host] : "[#{info[:host]}]:#{info[:port]}"
      key = read('cat /etc/ssh/ssh_host_ed25519_key.pub').split.first(2).join(' ')
      Context.open do |context|
        known = context.get('known_hosts', @name)&.split(' ', 2)&.last
        raise Failure, <<~CHANGED if known && known != key
          #{@name}, at #{address}, has another host key than #{Context.path('known_hosts')} has for it:
            #{key}, not
            #{known}
          Somebody else may be answering. If you gave it that key, delete its line there, then 'vagrant provision #{@name}'.
        CHANGED

        context.put('known_hosts', @name, "#{@name},#{address} #{key}")
        context.put('ssh-config', @name, <<~HOST)
          Host #{@name}
            # Address #{node_address || info[:host]}
            HostName #{info[:host]}
            Port #{info[:port]}
            User #{info[:username]}
            IdentityFile "#{info[:private_key_path].first}"
            IdentitiesOnly yes
            UserKnownHostsFile "#{Context.path('known_hosts')}"
            StrictHostKeyChecking yes
        HOST
      end
    end

    # Where the other nodes and a browser find it. With VirtualBox, ssh goes through a forwarded port instead.
    def node_address
      @machine.config.vm.networks.filter_map { |type, options| options[:ip] if type == :private_network }.first
    end

    def record_kubeconfigs(api_port)
      admin = read('cat /etc/kubernetes/admin.conf', sudo: true)
      Context.open do |context|
        context.write('admin.conf', admin)
        context.write('local-admin.conf', admin.gsub(%r{server: https://.*$}, "server: https://127.0.0.1:#{api_port}"))
      end
    end

    def join
      return if joined?(capture(CONTROL_PLANE, "#{SCRIPTS}/admit", '--ca').strip)

      # A Node of that name is of a machine that is gone, whatever it says; kubeadm refuses while it is Ready.
      ssh(CONTROL_PLANE, "#{SCRIPTS}/dismiss", @name)
      statuses = Open3.pipeline(ssh_command(CONTROL_PLANE, "#{SCRIPTS}/admit"), ssh_command(@name, "#{SCRIPTS}/join", reading: true))
      raise Failure, "#{@name} could not join the cluster: see above; then 'vagrant provision #{@name}'" unless statuses.all?(&:success?)
    end

    def joined?(authority)
      system(*ssh_command(@name, "#{SCRIPTS}/joined", authority)).tap do
        raise Failure, "#{@name} does not answer ssh: see above" if Process.last_status.exitstatus == 255
      end
    end

    # Nodes may come up in parallel, or a worker alone.
    def wait_for_control_plane
      60.times do
        return if known?(CONTROL_PLANE)

        sleep 5
      end
      raise Failure, "#{@name} has no cluster to join: 'vagrant up #{CONTROL_PLANE}' first"
    end

    def known?(node)
      File.exist?(Context.path('ssh-config')) && File.read(Context.path('ssh-config')).match?(/^Host #{node}$/)
    end

    def read(command, sudo: false)
      output = +''
      @machine.communicate.execute(command, sudo: sudo) { |stream, data| output << data if stream == :stdout }
      output
    end

    # Without -n, ssh takes what was typed or pasted for the commands that follow.
    def ssh_command(node, *command, reading: false)
      ['ssh', *('-n' unless reading), '-F', Context.path('ssh-config'), '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10',
       node, 'sudo', *command]
    end

    def ssh(node, *command)
      run(*ssh_command(node, *command))
    end

    def capture(node, *command)
      output, status = Open3.capture2(*ssh_command(node, *command))
      raise Failure, "'#{command.join(' ')}' failed on #{node}: see above" unless status.success?

      output
    end

    def run(*command)
      system(*command) || raise(Failure, "'#{command.join(' ')}' failed: see above")
    end
  end

  # What failed and what to do, without Ruby's stack.
  class Failure < Vagrant::Errors::VagrantError
    def initialize(message)
      @text = message
      super()
    end

    def error_message
      @text
    end
  end
end
