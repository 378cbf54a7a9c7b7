# {% assign entry = page | record %}: all that is known of an entry. {% assign answers = page | comments %}: its comments.
# (site.data has the comments too, under keys without letters such as é and 日.)

module EntryData
  def record(page)
    read_data("records", page)
  end

  def comments(page)
    read_data("_data/comments", page)
  end

  private

  def read_data(folder, page)
    site = @context.registers[:site]
    stems = [page["path"].to_s.delete_suffix(".md"), page["url"].to_s.delete_prefix("/").chomp("/")]
    paths = stems.product([".json", ".yaml"]).map { |stem, ending| site.in_source_dir(folder, stem + ending) }
    found = paths.find { |path| File.file?(path) }
    found && Jekyll::DataReader.new(site).read_data_file(found)
  end
end

Liquid::Template.register_filter(EntryData)
