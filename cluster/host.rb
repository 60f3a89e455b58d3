# The part of `vagrant up` and `vagrant destroy` that runs on this machine: it examines the machine
# first, writes infra-context/ (kubeconfigs, nodes.json, ssh-config, known_hosts; readable for the owner
# only), and makes workers join and leave the cluster.
require 'fileutils'
require 'json'
require 'open3'
require_relative 'discovery_cache'

module Cluster
  ROOT = File.expand_path('..', __dir__)
  CONTROL_PLANE = 'kube-control-plane'.freeze
  SCRIPTS = '/opt/mlops-primer/cluster/node'.freeze

  # Returns a whole number from the environment, or ends with a message if the value is not in the range.
  def self.number(name, default, range)
    value = Integer(ENV.fetch(name, default.to_s), 10, exception: false)
    return value if value && range.cover?(value)

    abort "#{name}=#{ENV[name]} is not a whole number in #{range}: set another value"
  end

  # Chooses the user's own box (the variable BOX), or the one that versions.properties has under this name.
  def self.box(config, name)
    versions = File.read(File.join(__dir__, 'versions.properties')).scan(/^(\w+)=(.*)$/).to_h
    config.vm.box = ENV.fetch('BOX', versions.fetch(name))
    config.vm.box_version = versions.fetch("#{name}_VERSION") unless ENV.key?('BOX')
  end

  # Returns whether a machine of this name exists, according to Vagrant's files, with any provider.
  def self.exists?(name)
    !Dir.glob(File.join(ENV.fetch('VAGRANT_DOTFILE_PATH', '.vagrant'), 'machines', name, '*', 'id'), base: ROOT).empty?
  end

  # Shares with a node, read-only: the provisioning scripts, the bundle, and the overlay with its changes.
  # A missing directory is skipped, since halting and destroying a node need none of them; the doctor and
  # the node's own checks report a missing bundle.
  def self.share(config, bundle, overlay, **options)
    { cluster: 'cluster', bundle: bundle, overlay: overlay }.each do |name, directory|
      next if directory.empty? || !File.directory?(File.expand_path(directory, ROOT))

      config.vm.synced_folder directory, "/opt/mlops-primer/#{name}", **options
    end
  end

  # The files in infra-context/. Nodes may start in parallel, so a lock lets only one write at a time.
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

    # Returns a node's paragraph of a file that has one paragraph for each node, or nil. The first line of
    # a paragraph contains the node's name.
    def get(name, node)
      paragraphs(name, node).first.first&.strip
    end

    # Replaces a node's paragraph; without a text, removes it.
    def put(name, node, text)
      write(name, [*paragraphs(name, node).last, text].compact.map { |paragraph| "#{paragraph.strip}\n" }.join("\n"))
    end

    # Adds a node to the inventory, nodes.json, or replaces its entry.
    def put_node(name, role, address)
      write_nodes([*nodes_except(name), { name: name, role: role, address: address }])
    end

    # Removes a node from the inventory. When the last node is removed, the file is deleted.
    def remove_node(name)
      write_nodes(nodes_except(name))
    end

    def remove(*names)
      FileUtils.rm_f(names.map { |name| Context.path(name) })
    end

    private

    def nodes_except(name)
      file = Context.path('nodes.json')
      nodes = File.exist?(file) ? JSON.parse(File.read(file), symbolize_names: true) : []
      nodes.reject { |node| node[:name] == name }
    end

    def write_nodes(nodes)
      return remove('nodes.json') if nodes.empty?

      write('nodes.json', "#{JSON.pretty_generate(nodes.sort_by { |node| node[:name] })}\n")
    end

    # Splits a file's paragraphs into the node's own and the others.
    def paragraphs(name, node)
      all = File.exist?(Context.path(name)) ? File.read(Context.path(name)).split("\n\n") : []
      all.partition { |paragraph| paragraph.lines.first.match?(/\b#{node}\b/) }
    end
  end

  # Runs the steps on this machine before a node starts, after it started, and after it was destroyed.
  class Host
    def initialize(machine)
      @machine = machine
      @name = machine.name.to_s
    end

    # Runs before a node is started. Fails if this machine lacks something; the doctor says what to do.
    def examine(api_port)
      return if state == :running

      run(File.join(ROOT, 'cluster/doctor.sh'), '--before-up', @machine.provider_name.to_s, @name, api_port.to_s)
    end

    # Runs after a node was started: records how to reach it, and makes it part of the cluster.
    def connect(api_port)
      return unless state == :running

      # A node that is not provisioned may still have the host keys of its box.
      unless @machine.communicate.test('test -e /etc/kubeadm/provisioned')
        raise Failure, "#{@name} was not provisioned to the end: see the error above, then run 'vagrant provision #{@name}'"
      end

      record_access
      # Vagrant may have configured the network again since the node booted, which removes routes.
      ssh(@name, 'systemctl', 'restart', 'pod-network')
      if @name == CONTROL_PLANE
        renew_kubelet
        ssh(@name, "#{SCRIPTS}/renew-certificates.sh")
        record_kubeconfigs(api_port)
      else
        wait_for_control_plane
        join
        renew_kubelet
      end
      ssh(CONTROL_PLANE, "#{SCRIPTS}/await-node-ready.sh", @name, capture(@name, "#{SCRIPTS}/print-kubelet-start.sh").strip)
    end

    # Runs after a node was destroyed: removes it from infra-context/, from the cluster, and from what kubectl keeps.
    def forget
      return unless state == :not_created

      Context.open do |context|
        %w[ssh-config known_hosts].each { |file| context.put(file, @name, nil) }
        context.remove_node(@name)
        if @name == CONTROL_PLANE
          DiscoveryCache.forget(Context.path('admin.conf'), Context.path('local-admin.conf'))
          context.remove('admin.conf', 'local-admin.conf')
        elsif known?(CONTROL_PLANE)
          system(*ssh_command(CONTROL_PLANE, "#{SCRIPTS}/delete-node.sh", @name)) ||
            warn("#{@name} may still be a node of the cluster: see the error above; if it stays, run 'kubectl delete node #{@name}'")
        end
        FileUtils.rm_rf(Context::DIRECTORY) if File.empty?(Context.path('ssh-config'))
      end
    end

    private

    # Vagrant locks the machine's entry in its index to read the state. If Vagrant starts a program for
    # another node at that moment, the new process holds the lock, too, until the program runs.
    def state
      attempts = 0
      begin
        @machine.state.id
      rescue Vagrant::Errors::MachineLocked
        raise if (attempts += 1) == 50

        sleep 0.1
        retry
      end
    end

    # Vagrant's own connection does not verify host keys. The first key that it sees is recorded and trusted,
    # and another key is refused from then on.
    def record_access
      info = @machine.ssh_info
      address = info[:port].to_i == 22 ? info[:host] : "[#{info[:host]}]:#{info[:port]}"
      key = read('cat /etc/ssh/ssh_host_ed25519_key.pub').split.first(2).join(' ')
      Context.open do |context|
        known = context.get('known_hosts', @name)&.split(' ', 2)&.last
        raise Failure, <<~CHANGED if known && known != key
          #{@name}, at #{address}, has another host key than #{Context.path('known_hosts')} has for it:
            now      #{key}
            recorded #{known}
          Another machine may be answering. If you changed the key, delete the node's line from known_hosts, then run 'vagrant provision #{@name}'.
        CHANGED

        context.put('known_hosts', @name, "#{@name},#{address} #{key}")
        context.put('ssh-config', @name, <<~HOST)
          Host #{@name}
            HostName #{info[:host]}
            Port #{info[:port]}
            User #{info[:username]}
            IdentityFile "#{info[:private_key_path].first}"
            IdentitiesOnly yes
            UserKnownHostsFile "#{Context.path('known_hosts')}"
            StrictHostKeyChecking yes
        HOST
        context.put_node(@name, @name == CONTROL_PLANE ? 'control-plane' : 'worker', node_address || info[:host])
      end
    end

    # Returns the address at which other nodes and browsers reach the node. With VirtualBox, ssh uses a
    # forwarded port instead.
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
      return if joined?(capture(CONTROL_PLANE, "#{SCRIPTS}/admit-worker.sh", '--ca').strip)

      # A Node object of this name belongs to a machine that no longer exists. kubeadm refuses to join while
      # that object is Ready.
      ssh(CONTROL_PLANE, "#{SCRIPTS}/delete-node.sh", @name)
      pipe('admit-worker.sh', 'join-cluster.sh') || raise(Failure, <<~FAILED)
        #{@name} could not join the cluster: see the error above, then run 'vagrant provision #{@name}'
      FAILED
    end

    # Gives the node's kubelet a new client certificate if its own has ended while the node was off.
    def renew_kubelet
      return unless succeeds?('has-kubelet-certificate-ended.sh')

      pipe("issue-kubelet-certificate.sh #{@name}", 'install-kubelet-certificate.sh') || raise(Failure, <<~FAILED)
        The kubelet of #{@name} got no new certificate: see the error above, then run 'vagrant provision #{@name}'
      FAILED
    end

    # Runs a script on the control plane, and one on this node that reads the output of the first.
    def pipe(source, sink)
      Open3.pipeline(ssh_command(CONTROL_PLANE, "#{SCRIPTS}/#{source}"),
                     ssh_command(@name, "#{SCRIPTS}/#{sink}", reading: true)).all?(&:success?)
    end

    def joined?(authority)
      succeeds?('is-joined.sh', authority)
    end

    def succeeds?(script, *arguments)
      system(*ssh_command(@name, "#{SCRIPTS}/#{script}", *arguments)).tap do
        raise Failure, "#{@name} does not answer ssh: see the error above" if Process.last_status.exitstatus == 255
      end
    end

    # Waits, because nodes may start in parallel. Fails if the user started a worker without a control plane.
    def wait_for_control_plane
      60.times do
        return if known?(CONTROL_PLANE)

        sleep 5
      end
      raise Failure, "#{@name} has no cluster to join: run 'vagrant up #{CONTROL_PLANE}' first"
    end

    def known?(node)
      File.exist?(Context.path('ssh-config')) && File.read(Context.path('ssh-config')).match?(/^Host #{node}$/)
    end

    def read(command, sudo: false)
      output = +''
      @machine.communicate.execute(command, sudo: sudo) { |stream, data| output << data if stream == :stdout }
      output
    end

    # Without -n, ssh would read the standard input that belongs to the user's next commands.
    def ssh_command(node, *command, reading: false)
      ['ssh', *('-n' unless reading), '-F', Context.path('ssh-config'), '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10',
       node, 'sudo', *command]
    end

    def ssh(node, *command)
      run(*ssh_command(node, *command))
    end

    def capture(node, *command)
      output, status = Open3.capture2(*ssh_command(node, *command))
      raise Failure, "'#{command.join(' ')}' failed on #{node}: see the error above" unless status.success?

      output
    end

    def run(*command)
      system(*command) || raise(Failure, "'#{command.join(' ')}' failed: see the error above")
    end
  end

  # An error that is printed without Ruby's stack: it says what failed and what to do.
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
