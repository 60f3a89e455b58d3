require 'fileutils'

module Cluster
  # kubectl keeps the kinds of objects that a cluster has for six hours, in a directory for each address of
  # an API server. A new cluster at the same address would be asked for kinds that only the old one had.
  module DiscoveryCache
    # Deletes what kubectl has kept about the clusters of these kubeconfigs. A kubeconfig may be missing.
    def self.forget(*kubeconfigs)
      home = root
      return unless home

      texts = kubeconfigs.select { |file| File.file?(file) }.map { |file| File.read(file) }
      texts.flat_map { |text| text.scan(/^\s*server:\s*(\S+)\s*$/) }.flatten.each do |server|
        name = directory(server)
        FileUtils.rm_rf(File.join(home, 'discovery', name)) if name.match?(/\A\w[\w.()]*\z/)
      end
    end

    # Returns the name that kubectl gives to the directory of an API server.
    def self.directory(server)
      server.sub('https://', '').sub('http://', '').gsub(%r{[^(\w/.)]}, '_')
    end

    def self.root
      [ENV['KUBECACHEDIR'], ENV['HOME'] && File.join(ENV['HOME'], '.kube/cache')].compact.reject(&:empty?).first
    end
    private_class_method :directory, :root
  end
end
