# Pages at the old addresses of redirects.json, which lead to the new ones. Addresses with a query (/?p=17) need a server.

require "cgi"
require "json"

class RedirectPage < Jekyll::StaticFile
  def initialize(site, path, address)
    super(site, site.source, File.dirname(path), File.basename(path))
    @place = path
    @address = CGI.escapeHTML(address)
  end

  def destination(dest)
    @site.in_dest_dir(dest, @place)
  end

  def modified_time
    @site.time
  end

  def write(dest)
    FileUtils.mkdir_p(File.dirname(destination(dest)))
    File.write(destination(dest), <<~HTML)
      <!DOCTYPE html>
      <meta charset="utf-8">
      <meta name="robots" content="noindex">
      <meta http-equiv="refresh" content="0; url=#{@address}">
      <link rel="canonical" href="#{@address}">
      <a href="#{@address}">#{@address}</a>
    HTML
    true
  end
end

class Redirects < Jekyll::Generator
  priority :lowest

  def generate(site)
    source = site.in_source_dir("redirects.json")
    return unless File.file?(source)

    taken = Set.new
    site.each_site_file { |file| taken << file.destination(site.dest) }
    JSON.parse(File.read(source, :encoding => "utf-8")).each do |row|
      path = path_of(row["old"])
      next unless path

      page = RedirectPage.new(site, path, row["new"])
      site.static_files << page if taken.add?(page.destination(site.dest))
    end
  end

  # The file that a server shows at an old address; nil when there can be none.
  def path_of(address)
    return if address.include?("?")

    path = Jekyll::URL.unescape_path(address).delete_prefix("/")
    path = "#{path.chomp("/")}/index.html" unless path.match?(%r!\.html?\z!i)
    path unless path.match?(%r!\A/|[\x00-\x1f]|(?:\A|/)\.{0,2}/!) || path.split("/").any? { |name| name.bytesize > 255 }
  end
end
